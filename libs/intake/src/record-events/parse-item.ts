import { eventTypes, findType, isTenantType, schemaOf } from '#journey';
import type { IntakeLimits } from '../limits.js';
import { Problem } from '../refusals.js';
import { readCloudEvent } from './cloud-event.js';
import type { Envelope } from './envelope.js';
import type { IntakeContext } from './intake-context.js';
import { checkJson } from './json-limits.js';
import { hint } from './nearest.js';
import { readPlainEvent } from './plain-event.js';
import { isObject, type RawItem } from './raw-item.js';
import { checkRefs } from './check-refs.js';
import { readTimes, type Times } from './times.js';
import { validateData } from './validate-data.js';

/** An item that fits the published language; what only the log and the directory know is still to be checked. */
export interface ParsedItem extends Times {
  readonly envelope: Envelope;
  readonly version: number;
}

/** An item that cannot be taken, with what it called itself, as far as that could be read. */
export interface RefusedItem {
  readonly id?: string;
  readonly source?: string;
  readonly group?: string;
  readonly problem: Problem;
}

/** What decides about an item by itself. */
export type Door = Pick<IntakeContext, 'receivedAt' | 'mayDeclareObservedAt' | 'ours'>;

/** Checks one item by itself: form, limits, type, version, data and times. Pure. */
export function parseItem({ form, value }: RawItem, context: Door, limits: IntakeLimits): ParsedItem | RefusedItem {
  if (!isObject(value)) return { problem: new Problem('not-an-object', '', 'Expected a JSON object.') };
  const parsed = checkJson(value, limits) ?? read(form === 'cloudevent' ? readCloudEvent(value) : readPlainEvent(value), context, limits);
  return parsed instanceof Problem ? { ...namesOf(value, form), problem: parsed } : parsed;
}

function read(envelope: Envelope | Problem, context: Door, limits: IntakeLimits): ParsedItem | Problem {
  if (envelope instanceof Problem) return envelope;
  const version = readTypeVersion(envelope, context.ours !== undefined);
  if (version instanceof Problem) return version;
  const times = readTimes(envelope, envelope.pointers.observedAt, context.receivedAt, context.mayDeclareObservedAt, limits);
  if (times instanceof Problem) return times;
  const invalid = isTenantType(envelope.type) ? undefined : validateData(envelope.type, version, envelope.data, '/data', limits.problemsPerItem, times.occurredAt);
  return invalid ?? checkRefs(envelope.type, envelope.data, '/data') ?? { ...times, envelope, version };
}

function readTypeVersion({ type, version, pointers }: Envelope, ours: boolean): number | Problem {
  if (isTenantType(type)) return version ?? 1;
  const known = findType(type);
  if (!known) {
    const own = 'A type of your own reads `x-family.fact`, in lower-case letters, digits and dashes.';
    return new Problem('type-unknown', '/type', `There is no type \`${type}\`.${hint(type, eventTypes.map((each) => each.type))} ${own}`);
  }
  if (known.internal && !ours) return new Problem('type-internal', '/type', `Facts of type \`${type}\` are written by us only.`);
  if (version === undefined || schemaOf(type, version)) return version ?? known.version;
  const accepted = [...Object.keys(known.older ?? {}), known.version].join(', ');
  return new Problem('version-unknown', pointers.version, `\`${type}\` has no version ${version}; accepted: ${accepted}.`);
}

function namesOf({ id, source, group }: Record<string, unknown>, form: RawItem['form']): Omit<RefusedItem, 'problem'> {
  const short = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : undefined);
  return { id: short(id), source: short(source), ...(form === 'plain' && short(group) !== undefined ? { group: short(group) } : {}) };
}
