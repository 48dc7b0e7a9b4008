import { isMergeFact, isTenantType, type MergeFact, type Roots } from '#journey';
import type { IntakeLimits } from '../limits.js';
import { checkRefs } from '../record-events/check-refs.js';
import type { KnownEvent } from '../record-events/known-events.js';
import { isAliasFact, namedRefs } from '../record-events/known-events.js';
import type { ParsedItem } from '../record-events/parse-item.js';
import { readTime } from '../record-events/times.js';
import { validateData } from '../record-events/validate-data.js';
import { Problem } from '../refusals.js';
import { linkKey } from './import-registry.js';

/** What a `record` fact is held against. */
export interface RecordSurroundings {
  readonly customer: string;
  /** An event in the log, or earlier in the same batch. */
  readonly lookUp: (ref: { source: string; id: string }) => KnownEvent | undefined;
  readonly importLinks: ReadonlySet<string>;
  /** Who is merged into whom by what comes before. */
  readonly roots: Roots<MergeFact>;
  readonly receivedAt: Date;
  /** What is not found may stand earlier in the same import, which a dry run does not write. */
  readonly dryRun: boolean;
  readonly limits: IntakeLimits;
}

/** Refuses a `record.retracted` or `record.amended` that is about nothing known of this customer; passes every other item. */
export function checkRecord({ envelope: { type, data } }: ParsedItem, around: RecordSurroundings): Problem | undefined {
  if (type !== 'record.retracted' && type !== 'record.amended') return undefined;
  for (const [index, ref] of namedRefs(type, data).entries()) {
    const pointer = type === 'record.amended' ? '/data/event' : `/data/events/${index}`;
    const problem = checkTarget(around.lookUp(ref), pointer, type, around);
    if (problem) return problem;
  }
  const { import: importId } = data;
  if (type === 'record.retracted' && typeof importId === 'string' && !around.dryRun && !around.importLinks.has(linkKey(importId, around.customer))) {
    return new Problem('import-unknown', '/data/import', `No import \`${importId}\` recorded events of this customer.`);
  }
  if (typeof importId === 'string' && around.roots.merge(around.customer)?.importId === importId) {
    return new Problem('not-amendable', '/data/import', `The import \`${importId}\` merged this customer. Send customer.unmerged first, or take the whole import back.`);
  }
  return type === 'record.amended' ? checkAmendment(data, around) : undefined;
}

function checkTarget(target: KnownEvent | undefined, pointer: string, type: string, { customer, dryRun }: RecordSurroundings): Problem | undefined {
  if (!target && dryRun) return undefined;
  if (!target || target.customer !== customer) return new Problem('event-unknown', pointer, 'No event with this source and id was recorded for this customer.');
  if (isAliasFact(target.type)) return new Problem('not-amendable', pointer, `A \`${target.type}\` is undone by its opposite, so that the alias is free at once.`);
  if (isMergeFact(target.type)) {
    return new Problem('not-amendable', pointer, `A \`${target.type}\` is undone by its opposite: send ${target.type === 'customer.merged' ? 'customer.unmerged' : 'customer.merged'} for the customer instead.`);
  }
  if (target.type === 'contact.erased') return new Problem('not-amendable', pointer, 'The certificate of an erasure stays: what was erased does not come back.');
  if (type === 'record.amended' && target.type.startsWith('record.')) return new Problem('not-amendable', pointer, `A \`${target.type}\` cannot be amended; retract it.`);
  return undefined;
}

function checkAmendment({ event, data, time }: Record<string, unknown>, { lookUp, receivedAt, limits }: RecordSurroundings): Problem | undefined {
  const moment = time === undefined ? undefined : readTime(time as string, '/data/time', receivedAt, limits);
  if (moment instanceof Problem) return moment;
  const target = lookUp(event as { source: string; id: string });
  // The new body speaks the version of the event that it replaces, so that later versions lift both alike.
  if (!target || isTenantType(target.type)) return undefined;
  return validateData(target.type, target.version, data, '/data/data', limits.problemsPerItem, moment) ?? checkRefs(target.type, data as Record<string, unknown>, '/data/data');
}
