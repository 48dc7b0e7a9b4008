import type { Card } from '../card.js';
import { line, steps } from '../make-curve.js';
import { bands, contractMeasures as contract, measureBands, notHealthy, peopleMeasures as people, serviceMeasures as service } from './parts.js';

/**
 * For who sells software by subscription. Use is the earliest honest sign, so adoption is two fifths; figures of use are stale after 45 days, as reports come at least monthly. A group
 * whose figures are missing leaves its share to the others (a product that reports no features is no worse for it), but an account without a named sponsor is taken as in between: most
 * have one, only nobody wrote it down. Silence is a measure of the relationship and holds the score. Accounts under one company pay by themselves: roll-up blends own and children.
 */
export const b2bSaas: Card = {
  id: 'b2b-saas', version: 1, label: 'B2B SaaS', bands, measureBands, rollUp: { kind: 'blend', own: 0.5 },
  groups: [
    { id: 'adoption', label: 'Adoption', weight: 40 }, { id: 'voice', label: 'Voice', weight: 12 }, { id: 'support', label: 'Support', weight: 10 },
    { id: 'relationship', label: 'Relationship', weight: 18 }, { id: 'contract', label: 'Contract', weight: 20 },
  ],
  measures: [
    { id: 'licence-use', group: 'adoption', signal: 'licenceUse', weight: 14, label: 'Licence use', unit: '% of licences', curve: line([20, 0], [80, 1]), staleAfter: 45 },
    { id: 'depth', group: 'adoption', signal: 'depth', weight: 8, label: 'Depth of use', unit: '% of known features', curve: line([25, 0], [75, 1]), staleAfter: 45 },
    { id: 'trend', group: 'adoption', signal: 'trend', weight: 12, label: 'Usage trend', unit: '% against usual', curve: line([-50, 0], [-10, 0.8], [0, 1]), staleAfter: 45, ceilings: [notHealthy] },
    { id: 'seats', group: 'adoption', signal: 'seatGrowth', weight: 6, label: 'Growth of seats', unit: '% in 180 days', curve: line([-30, 0], [0, 0.8], [10, 1]), staleAfter: null },
    { id: 'recommendation', group: 'voice', signal: 'nps', weight: 7, label: 'Recommendation', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 270 },
    people.payerVoice({ group: 'voice', weight: 5 }),
    service.ageing({ group: 'support', weight: 4 }), service.reopened({ group: 'support', weight: 3 }), service.escalated({ group: 'support', weight: 3 }),
    { id: 'sponsor', group: 'relationship', signal: 'sponsor', weight: 6, label: 'Live sponsor', unit: '2 live, 1 quiet, 0 gone', curve: steps(1, [0, 0], [1, 0.5]), staleAfter: null, whenUnknown: 'neutral' },
    people.payerContact({ group: 'relationship', weight: 5 }),
    { id: 'silence', group: 'relationship', signal: 'silence', weight: 7, label: 'Silence', unit: 'days', curve: line([14, 1], [60, 0]), staleAfter: null, ceilings: [notHealthy] },
    { id: 'goals', group: 'contract', signal: 'goals', weight: 5, label: 'Goals', unit: '% reached or on track', curve: line([30, 0], [90, 1]), staleAfter: null },
    contract.leaving({ group: 'contract', weight: 8 }), contract.renewal({ group: 'contract', weight: 4 }), contract.overdue({ group: 'contract', weight: 3 }),
  ],
};
