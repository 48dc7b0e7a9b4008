import type { IntakeLimits } from '../limits.js';
import { Problem } from '../refusals.js';

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

let last: { readonly text: string; readonly time: string | null } = { text: '', time: null };

/** An RFC 3339 time in UTC with milliseconds, further digits cut off; null when the text is not one. 31 February is not one. */
export function parseTime(text: string): string | null {
  // Both times of a fact are often the same, and those of the next.
  if (last.text !== text) last = { text, time: readRfc3339(text) };
  return last.time;
}

function readRfc3339(text: string): string | null {
  return asWritten(text) ?? inOtherWords(text);
}

/** What `toISOString` writes, with or without milliseconds, is its own form: there is no need to take it apart. */
function asWritten(text: string): string | null {
  if (text.length !== 24 && text.length !== 20) return null;
  const milliseconds = text.endsWith('Z') ? Date.parse(text) : NaN;
  if (Number.isNaN(milliseconds)) return null;
  const utc = new Date(milliseconds).toISOString();
  return utc === text || (text.length === 20 && utc === `${text.slice(0, 19)}.000Z`) ? utc : null;
}

function inOtherWords(text: string): string | null {
  const match = RFC3339.exec(text);
  if (!match) return null;
  const [, year, month, day] = match.map(Number);
  const exists = month! >= 1 && month! <= 12 && day! >= 1 && day! <= new Date(Date.UTC(year!, month!, 0)).getUTCDate();
  const milliseconds = exists ? Date.parse(text.toUpperCase().replace(/(\.\d{3})\d+/, '$1')) : NaN;
  const utc = Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString();
  return utc.length === 24 ? utc : null;
}

export interface TimesAsSent {
  readonly time?: string;
  readonly observedAt?: string;
}

export interface Times {
  readonly occurredAt: string;
  readonly observedAt?: string;
}

/** Normalises both times and refuses what cannot be: before 1970, in the future, known before it happened. */
export function readTimes(sent: TimesAsSent, observedPointer: string, receivedAt: Date, mayDeclare: boolean, limits: IntakeLimits): Times | Problem {
  const occurredAt = sent.time === undefined ? receivedAt.toISOString() : readTime(sent.time, '/time', receivedAt, limits);
  if (occurredAt instanceof Problem || sent.observedAt === undefined) return occurredAt instanceof Problem ? occurredAt : { occurredAt };
  if (!mayDeclare) {
    return new Problem('observed-at-refused', observedPointer, 'Only a trusted import may say when a fact was known; here it is known when it arrives.');
  }
  const observedAt = readTime(sent.observedAt, observedPointer, receivedAt, limits);
  if (observedAt instanceof Problem) return observedAt;
  if (Date.parse(observedAt) < Date.parse(occurredAt) - limits.clockSkewMs) {
    const cause = sent.time === undefined ? 'Without `time` the fact counts as happening now; send `time` as well.' : 'A fact cannot be known before it happens.';
    return new Problem('time-out-of-range', observedPointer, `${observedAt} is earlier than the time of the fact, ${occurredAt}. ${cause}`);
  }
  return { occurredAt, observedAt };
}

/** One time that must lie between 1970 and now, give or take the sender's clock. */
export function readTime(text: string, pointer: string, receivedAt: Date, { clockSkewMs }: IntakeLimits): string | Problem {
  const time = parseTime(text);
  if (time === null) return new Problem('time-invalid', pointer, `"${text.slice(0, 40)}" ${RFC3339.test(text) ? 'names a day or an hour that does not exist' : 'is not a time with a zone'}.`);
  if (time < '1970') return new Problem('time-out-of-range', pointer, `${time} is before 1970.`);
  if (Date.parse(time) <= receivedAt.getTime() + clockSkewMs) return time;
  return new Problem('time-out-of-range', pointer, `${time} is in the future; it was received at ${receivedAt.toISOString()}.`);
}
