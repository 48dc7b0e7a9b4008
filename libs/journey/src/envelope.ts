/** Who did it: a person (our own id, never an e-mail) or a system ("helpdesk", "touchline:clock"). */
export interface Actor {
  readonly kind: 'person' | 'system';
  readonly id: string;
}

/** A stream's key. The joined name exists only where a store needs one. */
export interface StreamKey {
  readonly tenant: string;
  /** `customer` for facts about one customer; `clock`, `task`, `scorecard`, … for streams of their own. */
  readonly category: string;
  readonly id: string;
}

/** A personal field as it is stored: AES-256-GCM under the key `kid` of one person; `iv` and `ct` (with its tag) in base64. */
export interface Sealed {
  readonly kid: string;
  readonly iv: string;
  readonly ct: string;
}

/** What identifies an event for ever inside a tenant. */
export interface EventRef {
  readonly source: string;
  readonly id: string;
}

/** What a fact belongs together with, in words that other systems know it by; no part of what it says. */
export interface Links {
  /** What this and other facts have in common, such as one order or one request of somebody. */
  readonly correlationId?: string;
  /** The fact that led to this one, as `<source>/<id>`. */
  readonly causationId?: string;
  /** W3C trace context of whoever recorded it. */
  readonly traceParent?: string;
}

/**
 * One fact as the log holds it. Times are RFC 3339 in UTC with milliseconds.
 * `occurredAt`: when it was true. `observedAt`: when the business knew it. `recordedAt` and `position`: ours, set by the store.
 */
export interface JourneyEvent<Data = Record<string, unknown>> extends EventRef, Links {
  readonly position: Position;
  readonly stream: StreamKey;
  /** Place in the stream, from 0, without gaps. */
  readonly revision: number;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: string;
  readonly observedAt: string;
  readonly recordedAt: string;
  /** False where an import declared `observedAt` and we have only its word. */
  readonly witnessed: boolean;
  readonly actor: Actor;
  readonly importId?: string;
  readonly data: Data;
}

/** Opaque place in the log, written `<epoch>.<n>`. Compare with `comparePositions`, never as text. */
export type Position = string;

/** @throws RangeError when the text is not `<epoch>.<n>` */
export function parsePosition(position: Position): { epoch: number; n: number } {
  const dot = position.indexOf('.');
  const [epoch, n] = [digits(position, 0, dot, 9), digits(position, dot + 1, position.length, 15)];
  if (epoch < 0 || n < 0) throw new RangeError(`"${position}" is not a position; a position looks like 1.42`);
  return { epoch, n };
}

/** The number that these characters write, or -1. By hand, as positions are read by the million. */
function digits(text: string, from: number, to: number, most: number): number {
  if (to <= from || to - from > most) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

export function formatPosition(epoch: number, n: number): Position {
  return `${epoch}.${n}`;
}

/** Negative when `a` comes before `b`. */
export function comparePositions(a: Position, b: Position): number {
  const left = parsePosition(a);
  const right = parsePosition(b);
  return left.epoch - right.epoch || left.n - right.n;
}
