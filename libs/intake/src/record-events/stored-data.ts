import { jointKey, type KeyRing } from '#event-store';
import type { Alias, Ref } from '../identity/customer-ref.js';
import { contactId, keptAlias } from '../identity/derived-id.js';
import { type Body, sealBody, subjectsOf, withOurIds } from '../sealing/body.js';
import type { Candidate } from './candidate.js';
import { isAliasFact } from './known-events.js';
import { parseTime } from './times.js';

type Data = Record<string, unknown>;

/** The data of each candidate as the log keeps it: refs as our ids, personal fields sealed. Keys cost one statement a batch. */
export async function storedData(keys: KeyRing, tenant: string, candidates: readonly Candidate[], identity: Buffer): Promise<Data[]> {
  const contact = (ref: Ref) => contactId(identity, ref);
  const layers = candidates.map((candidate) => bodiesOf(candidate, identity).map((body) => {
    const ids = { contact, customer: candidate.customerId };
    const ours = withOurIds(body, ids);
    return { body: ours, subjects: subjectsOf(ours, ids) };
  }));
  const dataKeys = await keys.keysFor(tenant, layers.flat().flatMap(({ subjects }) => subjects));
  return layers.map((bodies) => {
    const [inner, outer] = bodies.map(({ body, subjects }) => sealBody(body, tenant, subjects.length === 0 ? undefined : jointKey(subjects.map((subject) => dataKeys.get(subject)!))));
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
