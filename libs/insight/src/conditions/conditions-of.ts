import type { FactSheet } from '../fact-sheet.js';
import { type Profile, profileOf } from '../profile.js';
import type { Band } from '../score/band.js';
import { refs } from '../signals/signal.js';
import { sponsor } from '../signals/relationship.js';
import { viewOf, type View } from '../view.js';
import { dateWords, plural } from '../words.js';
import type { CustomerCondition } from './condition.js';
import { LATE_DAYS, stalledDeployments } from './stalled-deployments.js';

/** Nothing heard for so many days is silence: no use, no ticket or answer of theirs, no conversation. */
const SILENT_DAYS = 45;
/** Notice is near from so many days before its last day on; where no period is known, before the renewal. */
export const NEAR_NOTICE_DAYS = 60;
/** So many hundredths of a point less than about 30 days before is falling. */
const FALLEN = 500;

/** How the customer scores, as it counts; `before`: about 30 days ago by the same cards, null where that was not kept. In hundredths. */
export interface Scored {
  readonly score: number | null;
  readonly band: Band;
  readonly before: number | null;
}

/** What holds of a running customer on a day; of nobody else anything does. */
export function conditionsOf(sheet: FactSheet, day: number, scored: Scored, profile = profileOf(sheet, day)): CustomerCondition[] {
  const view = viewOf(sheet, day);
  if (profile.status !== 'active') return [];
  return [sponsorGone(view), noticeNear(profile, day, scored), stalled(view), silent(view)].filter((found) => found !== null);
}

function sponsorGone(view: View): CustomerCondition | null {
  const found = sponsor(view);
  return 'value' in found && found.value === 0 ? { condition: 'sponsor-gone', since: found.since!, say: 'the sponsor left and nobody took their place', refs: found.refs } : null;
}

function silent({ sheet, subscriptions, day }: View): CustomerCondition | null {
  const heard = [...Object.values(sheet.touch.signs), ...(sheet.touch.twoWay ? [sheet.touch.twoWay] : [])].map(([, n, on]) => ({ on, n }));
  const begun = subscriptions.filter(({ state }) => state !== 'ended').map(({ startedOn, startedRef }) => ({ on: startedOn, n: startedRef }));
  const last = heard.sort((a, b) => b.on - a.on || b.n - a.n)[0] ?? begun.sort((a, b) => a.on - b.on || a.n - b.n)[0];
  if (!last || day - last.on < SILENT_DAYS) return null;
  return { condition: 'silence', since: last.on + SILENT_DAYS, say: `${SILENT_DAYS} days or more went by without use, tickets, answers or a conversation`, refs: [last.n] };
}

function stalled({ deployments, day }: View): CustomerCondition | null {
  const [first] = stalledDeployments(deployments, day);
  return first ? { condition: 'stalled-deployment', since: first.since, say: first.said ? 'a deployment has stalled' : `a deployment is not live ${LATE_DAYS} days or more after its planned day`, refs: refs(...first.from) } : null;
}

function noticeNear({ subscriptions }: Profile, day: number, { score, band, before }: Scored): CustomerCondition | null {
  const dates = subscriptions.filter(({ state, cancellation }) => state !== 'ended' && !cancellation)
    .flatMap(({ noticeOn, renewsOn, termsAt }) => ((noticeOn ?? renewsOn) === undefined ? [] : [{ on: (noticeOn ?? renewsOn)!, n: termsAt.n }]))
    .filter(({ on }) => on >= day && on - day <= NEAR_NOTICE_DAYS).sort((a, b) => a.on - b.on || a.n - b.n);
  const [next] = dates;
  if (!next) return null;
  const poor = band === 'watch' || band === 'at-risk';
  const fallen = score !== null && before !== null && before - score >= FALLEN;
  if (!poor && !fallen) return null;
  const how = fallen ? `the score is ${plural(Math.round((before - score) / 100), 'point')} lower than a month ago` : 'the health is not good';
  return { condition: 'notice-near-falling', since: null, say: `notice can be given until ${dateWords(next.on, day)} and ${how}`, refs: [next.n] };
}
