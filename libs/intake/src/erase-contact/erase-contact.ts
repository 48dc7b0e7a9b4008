import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Actor } from '#journey';
import { contactCandidates } from '../identity/contact-candidates.js';
import { Intake } from '../intake.js';
import { inStream, ownEvent } from '../record-events/new-events.js';
import { tenantSecrets } from '../record-events/tenant-secrets.js';
import { Problem } from '../refusals.js';
import { type Addresses, wholePerson } from './addresses.js';
import type { Certificate, Erased, ErasureReason } from './certificate.js';
import type { Erasure } from './erasure-registry.js';
import { readMentions } from './mentions.js';

/** Erases a person: destroys their key, so that nothing that it sealed can be read any more, and certifies it in the stream of every customer who knows them. */
export class EraseContact extends Command<Erased | Problem> {
  /** `contact`: our id, `system:id` or an e-mail address. */
  constructor(readonly tenant: string, readonly contact: string, readonly why: ErasureReason, readonly actor: Actor) {
    super();
  }
}

@CommandHandler(EraseContact)
export class EraseContactHandler implements ICommandHandler<EraseContact> {
  constructor(private readonly intake: Intake) {}

  execute(command: EraseContact): Promise<Erased | Problem> {
    return eraseContact(this.intake, command);
  }
}

/**
 * The same without Nest. Key and note go first, in one transaction; whatever is cut short after that, the next call finishes, with the same figures
 * and the name of who asked first. Done again it changes nothing, but destroys a key that has come back with an old copy of the keys.
 * Whoever belongs to the person by an e-mail address goes before them: while they can be read, the next call finds these again.
 */
export async function eraseContact(intake: Intake, { tenant, contact: text, why, actor }: Pick<EraseContact, 'tenant' | 'contact' | 'why' | 'actor'>): Promise<Erased | Problem> {
  const { identity } = await tenantSecrets(intake.keys, tenant);
  const addresses = await intake.erasures.addresses(intake.store, tenant, identity);
  const contact = await findContact(intake, tenant, contactCandidates(identity, text), addresses);
  if (contact === null) return new Problem('contact-unknown', '', 'No fact names this person.');
  const { others, sharing } = wholePerson(contact, addresses);
  const together: Certificate[] = [];
  for (const other of others) together.push(await eraseOne(intake, tenant, other, why, actor));
  const certificate = await eraseOne(intake, tenant, contact, why, actor);
  return { ...certificate, ...(together.length > 0 && { together }), ...(sharing.length > 0 && { sharing }) };
}

async function eraseOne(intake: Intake, tenant: string, contact: string, why: ErasureReason, actor: Actor): Promise<Certificate> {
  const { erasures, store } = intake;
  await erasures.destroy(tenant, contact, why, actor);
  let erasure = await erasureOf(intake, tenant, contact);
  if (!erasure.counted) {
    const { upTo, customers } = await readMentions(store, tenant, contact, erasure.kid);
    await erasures.count(tenant, contact, upTo, customers);
    erasure = await erasureOf(intake, tenant, contact);
  }
  const certificate = certificateOf(erasure)!;
  if (!erasure.certified) {
    await certify(intake, tenant, certificate);
    await erasures.certify(tenant, contact);
  }
  return certificate;
}

/** The certificate of a person's erasure; null when they were not erased. */
export async function getErasure(intake: Intake, tenant: string, text: string): Promise<Certificate | null> {
  const candidates = contactCandidates((await tenantSecrets(intake.keys, tenant)).identity, text);
  const [erasure] = await intake.erasures.list(tenant, candidates);
  return erasure ? certificateOf(erasure) : null;
}

/** Every erasure of a tenant, the earliest first; one that was cut short before it was counted has no figures yet. */
export async function listErasures(intake: Intake, tenant: string): Promise<(Pick<Erasure, 'contact' | 'erasedAt' | 'reason' | 'reference' | 'certified'>)[]> {
  return (await intake.erasures.list(tenant)).map(({ contact, erasedAt, reason, reference, certified }) => ({ contact, erasedAt, reason, ...(reference === undefined ? {} : { reference }), certified }));
}

/** Who has a key is known, and whose address a fact gave; a person of whom nothing was ever sealed only to the log. */
async function findContact({ erasures, store }: Intake, tenant: string, candidates: readonly string[], addresses: Addresses): Promise<string | null> {
  const known = (await erasures.known(tenant, candidates))[0] ?? candidates.find((candidate) => addresses.given(candidate).length > 0);
  if (known !== undefined) return known;
  for (const candidate of candidates) if ((await readMentions(store, tenant, candidate)).customers.length > 0) return candidate;
  return null;
}

const erasureOf = async ({ erasures }: Intake, tenant: string, contact: string): Promise<Erasure> => (await erasures.list(tenant, [contact]))[0]!;

function certificateOf({ contact, kid, erasedAt, actor, reason, reference, counted }: Erasure): Certificate | null {
  if (!counted) return null;
  const sum = (of: 'facts' | 'fields') => counted.customers.reduce((total, each) => total + each[of], 0);
  return { contact, keys: [kid], erasedAt, actor, reason, ...(reference === undefined ? {} : { reference }), facts: sum('facts'), fields: sum('fields'), ...counted };
}

async function certify({ keys, store }: Intake, tenant: string, { contact, keys: kids, erasedAt, actor, reason, reference, upTo, customers }: Certificate): Promise<void> {
  const { bodyHash } = await tenantSecrets(keys, tenant);
  const verdicts = await store.append(customers.map(({ customer, facts, fields }) => {
    const data = { contact, keys: kids, reason, facts, fields, upTo, ...(reference === undefined ? {} : { reference }) };
    return inStream(tenant, customer, [{ ...ownEvent(customer, { id: `erased:${contact}:${customer}`, type: 'contact.erased', data, occurredAt: erasedAt }, bodyHash), actor }]);
  }));
  const refused = verdicts.find(({ status }) => status !== 'appended' && status !== 'duplicate');
  if (refused) throw new Error(`The certificate of an erasure was not taken: ${refused.status}.`);
}
