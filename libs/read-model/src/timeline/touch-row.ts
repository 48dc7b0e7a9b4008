import { effectiveEvents, familyOf, isAboutRecords, isTenantType, type JourneyEvent, parsePosition } from '#journey';

/** A touch as it lies in the table; bodies stay in the log. */
export interface TouchRow {
  readonly tenant: string;
  readonly customer: string;
  readonly position: number;
  readonly occurredAt: string;
  /** `x` for all types of a tenant's own. */
  readonly family: string;
  readonly type: string;
  /** False when the fact was taken back. */
  readonly standing: boolean;
}

/** A touch that nobody has corrected. */
export function touchOf({ stream, position, occurredAt, type }: JourneyEvent): TouchRow {
  return { tenant: stream.tenant, customer: stream.id, position: parsePosition(position).n, occurredAt, family: isTenantType(type) ? 'x' : familyOf(type), type, standing: true };
}

/** All touches of one customer: which facts stand, and when the amended ones happened. */
export function touchesOf(stream: readonly JourneyEvent[]): TouchRow[] {
  const touches = stream.map(touchOf);
  if (!touches.some(({ family }) => family === 'record')) return touches;
  const standing = new Map(effectiveEvents(stream).map(({ position, occurredAt }) => [parsePosition(position).n, occurredAt]));
  return touches.map((touch) => (
    { ...touch, standing: isAboutRecords(touch.type) || standing.has(touch.position), occurredAt: standing.get(touch.position) ?? touch.occurredAt }));
}

/** The computations, in one place so that a test can make one of them fail. */
export const timelineSteps = { touchOf, touchesOf };
