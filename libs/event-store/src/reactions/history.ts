import type { JourneyEvent } from '#journey';

const WEEK_MS = 7 * 86_400_000;

/** True for what happened, or was known, more than a week before it was recorded: nobody is asked, called or mailed because of it. */
export function isHistory({ occurredAt, observedAt, recordedAt }: Pick<JourneyEvent, 'occurredAt' | 'observedAt' | 'recordedAt'>): boolean {
  return Date.parse(recordedAt) - Math.min(Date.parse(occurredAt), Date.parse(observedAt)) > WEEK_MS;
}
