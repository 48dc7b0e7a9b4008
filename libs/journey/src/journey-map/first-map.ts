import type { JourneyMap } from './journey-map.js';

const RUNNING = ['onboarding', 'adoption', 'value', 'renewal', 'expansion'];
const REVIEW = { type: 'engagement.business-review-held' } as const;
const TALKS = [{ type: 'engagement.meeting-held' }, { type: 'engagement.call-held' }, { type: 'engagement.visit-made' }] as const;

/** The map that counts until a tenant has set one: from the sale to the renewal, or out. */
export const firstJourneyMap: JourneyMap = {
  stages: [
    { stage: 'sale', label: 'Sale', enter: [{ type: 'sale.opportunity-opened' }], after: ['lost', 'left'], maxDays: 180 },
    { stage: 'onboarding', label: 'Onboarding', enter: [{ type: 'sale.won' }, { type: 'subscription.started' }, { type: 'deployment.started' }], after: ['sale', 'lost', 'left'], maxDays: 90,
      touches: [{ touch: 'kickoff', label: 'Kick-off', on: [{ type: 'deployment.started' }, { type: 'engagement.meeting-held' }], withinDays: 14 }] },
    { stage: 'adoption', label: 'Adoption', enter: [{ type: 'deployment.went-live' }, { type: 'usage.feature-adopted' }], after: ['sale', 'onboarding'],
      touches: [{ touch: 'talk-in-use', label: 'Talk after going live', on: [...TALKS], withinDays: 30 }, { touch: 'first-review', label: 'First business review', on: [REVIEW], withinDays: 120 }] },
    { stage: 'value', label: 'Value', enter: [{ type: 'goal.outcome-confirmed' }], after: ['sale', 'onboarding', 'adoption'], touches: [{ touch: 'review', label: 'Business review', on: [REVIEW], withinDays: 120 }] },
    { stage: 'renewal', label: 'Renewal', enter: [{ type: 'renewal.opened' }, { type: 'renewal.quoted' }], after: RUNNING.filter((stage) => stage !== 'renewal'), maxDays: 150,
      touches: [{ touch: 'payer-heard', label: 'Talk with a payer about the next term', on: [...TALKS, REVIEW], role: 'payer', withinDays: 45 }] },
    { stage: 'expansion', label: 'Renewed or grown', enter: [{ type: 'renewal.renewed' }, { type: 'subscription.changed', only: 'grows' }, { type: 'subscription.started', only: 'grows' }], after: ['value', 'renewal'],
      touches: [{ touch: 'review', label: 'Business review', on: [REVIEW], withinDays: 120 }] },
    { stage: 'left', label: 'Left', enter: [{ type: 'subscription.ended', only: 'none-runs' }, { type: 'renewal.lapsed', only: 'none-runs' }, { type: 'customer.closed' }], after: RUNNING, ends: 'churned' },
    { stage: 'lost', label: 'Sale lost', enter: [{ type: 'sale.lost' }, { type: 'sale.declined-by-us' }], after: ['sale'], ends: 'lost' },
  ],
  moments: [
    { moment: 'goes-live', label: 'Goes live', stage: 'onboarding', met: [{ type: 'deployment.went-live' }], withinDays: 90 },
    { moment: 'first-value', label: 'First outcome that the customer confirms', stage: 'adoption', met: [{ type: 'goal.outcome-confirmed' }], withinDays: 365 },
    { moment: 'told-of-outage', label: 'Told of an outage', begins: [{ type: 'outage.customer-affected' }], met: [{ type: 'outage.customer-notified' }], same: 'outage', withinDays: 1 },
    { moment: 'escalation-solved', label: 'Escalated ticket solved', begins: [{ type: 'ticket.escalated' }], met: [{ type: 'ticket.resolved' }], same: 'ticket', withinDays: 5 },
    { moment: 'reviewed-in-use', label: 'Visit or review in the first half year of use', stage: 'adoption', met: [REVIEW, { type: 'engagement.visit-made' }], withinDays: 180 },
  ],
  timeToValue: {
    starts: [
      { start: 'signature', label: 'Signature', on: [{ type: 'sale.won' }, { type: 'subscription.started' }] },
      { start: 'kickoff', label: 'Kick-off of the deployment', on: [{ type: 'deployment.started' }] },
      { start: 'first-login', label: 'First use', on: [{ type: 'usage.reported' }] },
    ],
    value: [{ type: 'goal.outcome-confirmed' }],
  },
};
