import type { KeyRing } from '#event-store';
import type { Alias, Ref } from '../identity/customer-ref.js';
import { contactId, keptAlias } from '../identity/derived-id.js';
import { type Body, sealBody, subjectOf, withOurIds } from '../sealing/body.js';
import type { Candidate } from './candidate.js';
import { isAliasFact } from './known-events.js';
import { parseTime } from './times.js';

type Data = Record<string, unknown>;

/** The data of each candidate as the log keeps it: refs as our ids, personal fields sealed. Keys cost one statement a batch. */
export async function storedData(keys: KeyRing, tenant: string, candidates: readonly Candidate[], identity: Buffer): Promise<Data[]> {
  const contact = (ref: Ref) => contactId(identity, ref);
  const layers = candidates.map((candidate) => bodiesOf(candidate, identity).map((body) => {
    const ours = withOurIds(body, { contact, customer: candidate.customerId });
    return { body: ours, subject: subjectOf(ours) };
  }));
  const dataKeys = await keys.keysFor(tenant, layers.flat().flatMap(({ subject }) => subject ?? []));
  return layers.map((bodies) => {
    const [inner, outer] = bodies.map(({ body, subject }) => sealBody(body, tenant, subject === undefined ? undefined : dataKeys.get(subject)));
    return outer ? { ...outer, data: inner } : inner!;
  });
}

/** The body itself; for an amendment the new body, spoken in the type it amends, and the amendment around it. */
function bodiesOf({ item: { envelope: { type, data }, version }, customer, amends }: Candidate, identity: Buffer): Body[] {
  if (isAliasFact(type)) return [{ type, version, customer, data: { ...keptAlias(identity, data as unknown as Alias) } }];
  if (!amends) return [{ type, version, customer, data }];
  const inner = { type: amends.type, version: amends.version, customer, data: data.data as Data };
  const time = typeof data.time === 'string' ? { time: parseTime(data.time)! } : {};
  return [inner, { type, version, customer, data: { ...data, ...time } }];
}
