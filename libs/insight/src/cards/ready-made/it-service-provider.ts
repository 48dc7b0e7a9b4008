import type { Card } from '../card.js';
import { line } from '../make-curve.js';
import { bands, contractMeasures as contract, measureBands, peopleMeasures as people, serviceMeasures as service } from './parts.js';

/**
 * For who runs other companies' IT. Customers see tickets and outages, not licences, so service and its echo are more than half. Groups have weights of their own: one survey answer
 * speaks for the whole of experience, and many tickets do not drown it. A customer whom nobody ever visited or reviewed with counts as not visited: for a managed service that is known,
 * not unknown. Missed targets count, but less than what comes back or stays open: a green target says little about the customer. The contract is with the company, so roll-up is its own.
 */
export const itServiceProvider: Card = {
  id: 'it-service-provider', version: 1, label: 'IT service provider', bands, measureBands, rollUp: { kind: 'own' },
  groups: [
    { id: 'service', label: 'Service', weight: 35 }, { id: 'experience', label: 'Experience', weight: 25 },
    { id: 'relationship', label: 'Relationship', weight: 20 }, { id: 'contract', label: 'Contract', weight: 20 },
  ],
  measures: [
    service.missed({ group: 'service', weight: 6 }), service.reopened({ group: 'service', weight: 8 }), service.ageing({ group: 'service', weight: 7 }),
    service.escalated({ group: 'service', weight: 6 }), service.outages({ group: 'service', weight: 8 }),
    people.payerVoice({ group: 'experience', weight: 10 }), people.unanswered({ group: 'experience', weight: 3 }),
    { id: 'satisfaction', group: 'experience', signal: 'csat', weight: 12, label: 'Satisfaction with tickets', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 180 },
    people.payerContact({ group: 'relationship', weight: 7 }), people.promises({ group: 'relationship', weight: 6 }),
    { id: 'visits', group: 'relationship', signal: 'visits', weight: 7, label: 'Visits and reviews', unit: 'days since', curve: line([100, 1], [300, 0]), staleAfter: null, whenUnknown: 'worst' },
    contract.leaving({ group: 'contract', weight: 10 }), contract.renewal({ group: 'contract', weight: 5 }), contract.overdue({ group: 'contract', weight: 5 }),
  ],
};
