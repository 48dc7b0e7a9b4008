import { isHistory } from '#event-store';
import { causeTypes, type JourneyEvent, opensRecovery, upcast } from '#journey';
import type { ParsedItem } from '../record-events/parse-item.js';

/** What a fact would open, by kind, were it not history. A line of a kind of its own for whatever else reactions open. `surveyCauses`: facts after which programs ask, whether or not any runs. */
const OPENS = {
  recoveries: opensRecovery,
  surveyCauses: ({ type }) => causeTypes.includes(type),
} as const satisfies Record<string, (event: JourneyEvent) => boolean>;

/** How much was not opened because it is history, by kind. */
export type NotOpened = Record<keyof typeof OPENS, number>;

export const nothingUnopened = (): NotOpened => ({ recoveries: 0, surveyCauses: 0 });

/** Counts what this fact, recorded at `recordedAt`, would have opened. */
export function addNotOpened(counts: NotOpened, { envelope: { type, data }, version, occurredAt, observedAt }: ParsedItem, recordedAt: Date): void {
  if (!isHistory({ occurredAt, observedAt: observedAt ?? recordedAt.toISOString(), recordedAt: recordedAt.toISOString() })) return;
  const fact = upcast({ type, data, version } as JourneyEvent);
  for (const [kind, opens] of Object.entries(OPENS)) if (opens(fact)) counts[kind as keyof NotOpened] += 1;
}
