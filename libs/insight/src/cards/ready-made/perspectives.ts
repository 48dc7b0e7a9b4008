import type { Card } from '../card.js';
import { line } from '../make-curve.js';
import { bands, contractMeasures as contract, measureBands, notHealthy, peopleMeasures as people, serviceMeasures as service } from './parts.js';

/** How it looks to who pays: whether they were spoken with, got what was promised, and mean to go on. What they never said is taken as in between, so that a quiet payer does not look content. */
export const payerCard: Card = {
  id: 'payer', version: 1, label: 'Those who pay', bands: { ...bands, leastCoverage: 30 }, measureBands,
  groups: [{ id: 'relationship', label: 'Relationship', weight: 45 }, { id: 'value', label: 'Value for money', weight: 25 }, { id: 'contract', label: 'Contract', weight: 30 }],
  measures: [
    { ...people.payerVoice({ group: 'relationship', weight: 20 }), whenUnknown: 'neutral' }, people.payerContact({ group: 'relationship', weight: 15 }),
    { id: 'visits', group: 'relationship', signal: 'visits', weight: 10, label: 'Visits and reviews', unit: 'days since', curve: line([100, 1], [300, 0]), staleAfter: null },
    { id: 'goals', group: 'value', signal: 'goals', weight: 15, label: 'Goals', unit: '% reached or on track', curve: line([30, 0], [90, 1]), staleAfter: null }, people.promises({ group: 'value', weight: 10 }),
    contract.leaving({ group: 'contract', weight: 15 }), contract.renewal({ group: 'contract', weight: 10 }), contract.overdue({ group: 'contract', weight: 5 }),
  ],
};

/** How it looks to who works with it: what they answer, whether they use it, and whether help helps. Nothing in it is about money, so that the two can disagree. */
export const userCard: Card = {
  id: 'user', version: 1, label: 'Those who use', bands: { ...bands, leastCoverage: 30 }, measureBands,
  groups: [{ id: 'voice', label: 'Voice', weight: 35 }, { id: 'use', label: 'Use', weight: 30 }, { id: 'help', label: 'Help', weight: 35 }],
  measures: [
    people.userVoice({ group: 'voice', weight: 25 }), people.unanswered({ group: 'voice', weight: 10 }),
    { id: 'licence-use', group: 'use', signal: 'licenceUse', weight: 12, label: 'Licence use', unit: '% of licences', curve: line([20, 0], [80, 1]), staleAfter: 60 },
    { id: 'trend', group: 'use', signal: 'trend', weight: 10, label: 'Usage trend', unit: '% against usual', curve: line([-50, 0], [-10, 0.8], [0, 1]), staleAfter: 60, ceilings: [notHealthy] },
    { id: 'silence', group: 'use', signal: 'silence', weight: 8, label: 'Silence', unit: 'days', curve: line([14, 1], [60, 0]), staleAfter: null, ceilings: [notHealthy] },
    service.reopened({ group: 'help', weight: 13 }), service.ageing({ group: 'help', weight: 12 }), service.outages({ group: 'help', weight: 10 }),
  ],
};
