import { evolveFeedback, type Feedback, type FeedbackStep, familyOf, type JourneyEvent, noFeedback, stepOf } from '#journey';
import { groupsOf } from '../experience/figure.js';
import { type CustomerFacts, type DemandAccount, type Evidence, evidence } from './account.js';

/** One thing that a customer asked for. Times are RFC 3339. */
export interface DemandRequest {
  readonly feedback: string;
  readonly account: DemandAccount;
  readonly raisedAt: string;
  /** Each once. */
  readonly themes: readonly string[];
  readonly step: FeedbackStep;
  /** When a department answered or declined it, and when the customer learned of it; null where that has not happened. */
  readonly answeredAt: string | null;
  readonly toldAt: string | null;
  /** When an initiative that names it was there for that customer. */
  readonly deliveredAt: string | null;
  readonly events: readonly Evidence[];
}

/** What a customer asked for, earliest first. Told is who heard of the request itself, or of an initiative that is linked to it by name. */
export function requestsOf({ account, events }: CustomerFacts): DemandRequest[] {
  const own = events.filter(({ type, data }) => familyOf(type) === 'feedback' && data['feedback'] !== undefined);
  return [...groupsOf(own, ({ data }) => String(data['feedback']))].map(([feedback, facts]) => requestIn(account, feedback, facts, events))
    .sort((a, b) => Date.parse(a.raisedAt) - Date.parse(b.raisedAt) || (a.feedback < b.feedback ? -1 : 1));
}

function requestIn(account: DemandAccount, feedback: string, facts: readonly JourneyEvent[], all: readonly JourneyEvent[]): DemandRequest {
  const state = facts.reduce<Feedback>(evolveFeedback, noFeedback);
  const answers = state.turns.flatMap(({ answeredAt, declinedAt }) => answeredAt ?? declinedAt ?? []);
  const told = byInitiative('customer-told', feedback, all);
  const toldAt = [state.toldAt, told?.occurredAt].filter((at) => typeof at === 'string').sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
  return { feedback, account, raisedAt: state.raisedAt!, themes: [...new Set(state.themes)], step: stepOf(state), answeredAt: answers[0] ?? null, toldAt, deliveredAt: byInitiative('delivered', feedback, all)?.occurredAt ?? null, events: [...facts, ...(told ? [told] : [])].map(evidence) };
}

function byInitiative(what: 'delivered' | 'customer-told', feedback: string, all: readonly JourneyEvent[]): JourneyEvent | undefined {
  const linked = new Set(all.flatMap(({ type, data }) => (type === 'initiative.customer-linked' && (data['requests'] as readonly string[] | undefined)?.includes(feedback) ? [data['initiative']] : [])));
  return all.find(({ type, data }) => type === `initiative.${what}` && linked.has(data['initiative']));
}
