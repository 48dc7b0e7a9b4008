import type { Deployment } from '../sheet/business.js';

/** A deployment that is not live so many days after its planned day has stalled, said or not. */
export const LATE_DAYS = 14;

/** A deployment that does not move on. `said`: somebody told so; `from`: position numbers of its facts. */
export interface StalledDeployment {
  readonly since: number;
  readonly said: boolean;
  readonly from: readonly number[];
}

/** Those that have stalled by a day, neither live nor given up; longest first. */
export function stalledDeployments(deployments: readonly Deployment[], day: number): StalledDeployment[] {
  return deployments.filter(({ cancelled, liveOn }) => !cancelled && liveOn === null).flatMap(({ plannedOn, stalledOn, refs: from }) => {
    const since = Math.min(stalledOn ?? Infinity, plannedOn === null ? Infinity : plannedOn + LATE_DAYS);
    return since <= day ? [{ since, said: stalledOn !== null, from }] : [];
  }).sort((a, b) => a.since - b.since || a.from[0]! - b.from[0]!);
}
