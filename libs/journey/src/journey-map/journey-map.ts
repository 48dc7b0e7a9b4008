import type { DataFor } from '../catalogue.js';
import type { Actor, EventRef, JourneyEvent } from '../envelope.js';
import { firstJourneyMap } from './first-map.js';

/** The stream in which a tenant's map stands. */
export const JOURNEY_MAP = { category: 'journeymap', id: 'map' } as const;

/** Stages, what is expected in them, moments of truth, and from when to when the time to value is counted. */
export type JourneyMap = Omit<DataFor<'journeymap.set'>, 'reason'>;
export type JourneyStage = JourneyMap['stages'][number];
export type JourneyCondition = JourneyStage['enter'][number];
export type JourneyRole = NonNullable<NonNullable<JourneyStage['touches']>[number]['role']>;

/** A version of the map; 0 is the first one, which nobody has decided. */
export interface JourneyMapVersion {
  readonly version: number;
  readonly map: JourneyMap;
  readonly decided: { readonly by: Actor; readonly at: string; readonly reason: string; readonly event: EventRef } | null;
}

/** All versions of the map after these decisions, in their order; the last one counts. */
export function journeyMapsAfter(decisions: readonly JourneyEvent[]): [JourneyMapVersion, ...JourneyMapVersion[]] {
  const set = decisions.filter(({ type }) => type === 'journeymap.set').map(({ data, actor, observedAt, source, id }, place): JourneyMapVersion => {
    const { reason, ...map } = data as DataFor<'journeymap.set'>;
    return { version: place + 1, map, decided: { by: actor, at: observedAt, reason, event: { source, id } } };
  });
  return [{ version: 0, map: firstJourneyMap, decided: null }, ...set];
}

/** The types of facts that a map reads, each once. */
export function typesOfMap({ stages, moments, timeToValue }: JourneyMap): string[] {
  const read = [
    ...stages.flatMap(({ enter, leave = [], touches = [] }) => [...enter, ...leave, ...touches.flatMap(({ on }) => on)]),
    ...moments.flatMap(({ met, begins = [] }) => [...met, ...begins]), ...timeToValue.starts.flatMap(({ on }) => on), ...timeToValue.value,
  ];
  return [...new Set(read.map(({ type }) => type))].sort();
}
