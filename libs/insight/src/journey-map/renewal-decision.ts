import type { JourneyEvent } from '#journey';
import { type FactRef, refOf } from './fact-ref.js';

/** What a customer decided last about going on, and when: the first fact that told it counts as the moment, the last one as the decision. */
export interface RenewalDecision {
  readonly renewed: boolean;
  readonly decided: FactRef;
}

/** The last decision about a renewal. Who left without one decided when notice was given, or else with the fact that ended the journey. */
export class RenewalDecisions {
  private readonly byRenewal = new Map<string, RenewalDecision>();
  private readonly notices = new Map<string, FactRef>();

  take(event: JourneyEvent): void {
    const { type, data } = event;
    const subscription = String(data['subscription']);
    if (type === 'subscription.cancellation-requested' && !this.notices.has(subscription)) this.notices.set(subscription, refOf(event));
    if (type === 'subscription.cancellation-withdrawn' || type === 'subscription.started' || type === 'renewal.renewed') this.notices.delete(subscription);
    const renewed = type === 'renewal.renewed' || (type === 'renewal.decided' && data['decision'] === 'yes');
    if (!renewed && type !== 'renewal.lapsed' && type !== 'renewal.decided') return;
    const renewal = String(data['renewal']);
    this.byRenewal.set(renewal, { renewed, decided: this.byRenewal.get(renewal)?.decided ?? refOf(event) });
  }

  /** `churned`: the fact with which the customer left; null where it has not. */
  last(churned: FactRef | null): RenewalDecision | null {
    const newest = [...this.byRenewal.values()].reduce<RenewalDecision | null>((last, each) => (last && Date.parse(last.decided.at) > Date.parse(each.decided.at) ? last : each), null);
    if (churned === null || newest?.renewed === false) return newest;
    const [notice = churned] = [...this.notices.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    return { renewed: false, decided: notice };
  }
}
