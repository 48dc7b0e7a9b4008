import type { Card } from './card.js';
import { line, steps } from './make-curve.js';

/** Not healthy, whatever else is fine. */
const notHealthy = { upTo: 0, score: 65 };

/** The first scorecard. Weights sum to 100. A measure of 0 quality with a ceiling keeps one bad story from hiding in a good mean. */
export const firstScorecard: Card = {
  id: 'first-scorecard',
  version: 1,
  bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 40 },
  measureBands: { good: 0.75, fair: 0.4 },
  groups: [
    { id: 'adoption', label: 'Adoption' },
    { id: 'support', label: 'Support' },
    { id: 'voice', label: 'Voice' },
    { id: 'relationship', label: 'Relationship' },
    { id: 'value', label: 'Value' },
    { id: 'commercial', label: 'Commercial' },
    { id: 'silence', label: 'Silence' },
  ],
  measures: [
    { id: 'licence-use', group: 'adoption', signal: 'licenceUse', weight: 9, label: 'Licence use', unit: '% of licences', curve: line([20, 0], [80, 1]), staleAfter: 60 },
    { id: 'depth', group: 'adoption', signal: 'depth', weight: 4, label: 'Depth of use', unit: '% of known features', curve: line([25, 0], [75, 1]), staleAfter: 60 },
    { id: 'trend', group: 'adoption', signal: 'trend', weight: 8, label: 'Usage trend', unit: '% against usual', curve: line([-50, 0], [-10, 0.8], [0, 1]), staleAfter: 60, ceilings: [notHealthy] },

    { id: 'open-tickets', group: 'support', signal: 'openTickets', weight: 2, label: 'Open tickets', unit: 'tickets above usual', curve: line([1, 1], [6, 0]), staleAfter: 365 },
    { id: 'ageing-tickets', group: 'support', signal: 'ageingTickets', weight: 4, label: 'Ageing tickets', unit: 'tickets', curve: line([0, 1], [1, 0.6], [3, 0]), staleAfter: 365 },
    { id: 'reopened', group: 'support', signal: 'reopened', weight: 4, label: 'Reopened tickets', unit: 'reopenings above usual', curve: line([0, 1], [1, 0.7], [3, 0]), staleAfter: 365, ceilings: [notHealthy] },
    { id: 'escalated', group: 'support', signal: 'escalated', weight: 4, label: 'Escalations', unit: 'escalations', curve: steps(0, [0, 1], [1, 0.4]), staleAfter: 365 },
    { id: 'resolve-time', group: 'support', signal: 'resolveTime', weight: 4, label: 'Time to resolve', unit: '% of usual', curve: line([100, 1], [200, 0.4], [300, 0]), staleAfter: null },
    { id: 'outages', group: 'support', signal: 'outages', weight: 3, label: 'Outages without an end time', unit: 'outages, running ones twice', curve: line([0, 1], [2, 0]), staleAfter: 180, ceilings: [notHealthy] },

    { id: 'payer-voice', group: 'voice', signal: 'payerVoice', weight: 7, label: 'Answers of payers', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 270, ceilings: [notHealthy] },
    { id: 'user-voice', group: 'voice', signal: 'userVoice', weight: 5, label: 'Answers of users', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 270, ceilings: [{ upTo: 0.1, score: 65 }] },
    { id: 'unanswered', group: 'voice', signal: 'unanswered', weight: 2, label: 'Unanswered surveys', unit: '% of surveys', curve: line([50, 1], [100, 0]), staleAfter: null },

    { id: 'contact', group: 'relationship', signal: 'contact', weight: 3, label: 'Two-way contact', unit: 'days since', curve: line([30, 1], [120, 0]), staleAfter: null },
    { id: 'payer-contact', group: 'relationship', signal: 'payerContact', weight: 4, label: 'Contact with a payer', unit: 'days since', curve: line([60, 1], [180, 0]), staleAfter: null, ceilings: [notHealthy] },
    { id: 'sponsor', group: 'relationship', signal: 'sponsor', weight: 3, label: 'Live sponsor', unit: '2 live, 1 quiet, 0 gone', curve: steps(1, [0, 0], [1, 0.5]), staleAfter: null },
    { id: 'promises', group: 'relationship', signal: 'promises', weight: 4, label: 'Broken promises', unit: 'promises', curve: line([0, 1], [1, 0.5], [3, 0]), staleAfter: 365 },

    { id: 'goals', group: 'value', signal: 'goals', weight: 4, label: 'Goals', unit: '% reached or on track', curve: line([30, 0], [90, 1]), staleAfter: null },
    { id: 'deployment', group: 'value', signal: 'deployment', weight: 4, label: 'Deployment on time', unit: 'days late', curve: line([0, 1], [14, 0.6], [45, 0]), staleAfter: null },

    { id: 'overdue-invoices', group: 'commercial', signal: 'overdueInvoices', weight: 4, label: 'Overdue invoices', unit: 'days', curve: line([0, 1], [10, 0.8], [60, 0]), staleAfter: 400, ceilings: [notHealthy] },
    { id: 'renewal', group: 'commercial', signal: 'renewalNear', weight: 4, label: 'Undecided renewal', unit: 'of the last 90 days gone', curve: line([0, 1], [90, 0]), staleAfter: null },
    {
      id: 'leaving', group: 'commercial', signal: 'leaving', weight: 6, label: 'Signs of leaving', unit: '0 none, 1 notice near, 2 asked to leave',
      curve: steps(0, [0, 1], [1, 0.5], [1.5, 0.2]), staleAfter: null, ceilings: [{ upTo: 0, score: 40 }, { upTo: 0.2, score: 65 }],
    },
    { id: 'competitor', group: 'commercial', signal: 'competitor', weight: 2, label: 'Competitors', unit: '0 none, 1 mentioned, 2 evaluated', curve: steps(0, [0, 1], [1, 0.5]), staleAfter: 365 },

    { id: 'silence', group: 'silence', signal: 'silence', weight: 6, label: 'Silence', unit: 'days', curve: line([14, 1], [60, 0]), staleAfter: null, ceilings: [notHealthy] },
  ],
};
