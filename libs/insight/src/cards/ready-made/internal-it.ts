import type { Card } from '../card.js';
import { line } from '../make-curve.js';
import { bands, measureBands, peopleMeasures as people, serviceMeasures as service } from './parts.js';

/**
 * For an IT department whose customers are departments: they cannot leave, they can only suffer, so there is no contract and what people experience is more than half. Missed targets
 * weigh least of all that is told of service: green targets over a red experience are what this card is for, and a really bad experience holds the score at 55 whatever the targets say.
 * Who is not asked does not count as content: experience that is unknown leaves its share to the rest, which soon is too little to tell. Each department is as the people in it say, and as its parts are: half and half.
 */
export const internalIt: Card = {
  id: 'internal-it', version: 1, label: 'Internal IT', bands: { ...bands, leastCoverage: 50 }, measureBands, rollUp: { kind: 'blend', own: 0.5 },
  groups: [{ id: 'experience', label: 'Experience', weight: 55 }, { id: 'service', label: 'Service', weight: 25 }, { id: 'partnership', label: 'Partnership', weight: 20 }],
  measures: [
    { id: 'experience', group: 'experience', signal: 'xla', weight: 22, label: 'Experience of people', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 120, ceilings: [{ upTo: 0.2, score: 55 }] },
    { id: 'lost-time', group: 'experience', signal: 'lostTime', weight: 18, label: 'Lost working time', unit: 'hours per answer', curve: line([0.5, 1], [2, 0.5], [8, 0]), staleAfter: 120, ceilings: [{ upTo: 0, score: 65 }] },
    { id: 'satisfaction', group: 'experience', signal: 'csat', weight: 9, label: 'Satisfaction with tickets', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 120 },
    people.unanswered({ group: 'experience', weight: 6 }),
    service.reopened({ group: 'service', weight: 8 }), service.ageing({ group: 'service', weight: 7 }), service.outages({ group: 'service', weight: 7 }), service.missed({ group: 'service', weight: 3 }),
    people.promises({ group: 'partnership', weight: 7 }),
    { id: 'goals', group: 'partnership', signal: 'goals', weight: 7, label: 'Goals', unit: '% reached or on track', curve: line([30, 0], [90, 1]), staleAfter: null },
    { id: 'contact', group: 'partnership', signal: 'contact', weight: 6, label: 'Two-way contact', unit: 'days since', curve: line([30, 1], [120, 0]), staleAfter: null },
  ],
};
