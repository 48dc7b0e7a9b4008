import type { Bands, Card, CardMeasure } from '../card.js';
import { line, steps } from '../make-curve.js';

/** As on the first scorecard: what people have learnt to read. */
export const bands: Bands = { healthy: 70, watch: 45, margin: 3, leastCoverage: 40 };
export const measureBands: Card['measureBands'] = { good: 0.75, fair: 0.4 };

/** Not healthy, whatever else is fine. */
export const notHealthy = { upTo: 0, score: 65 };

/** Where a measure stands on a card. */
type Place = Pick<CardMeasure, 'group' | 'weight'>;

/** Measures that several trades read in the same way. */
export const contractMeasures = {
  leaving: (place: Place): CardMeasure => ({
    ...place, id: 'leaving', signal: 'leaving', label: 'Signs of leaving', unit: '0 none, 1 notice near, 2 asked to leave', curve: steps(0, [0, 1], [1, 0.5], [1.5, 0.2]), staleAfter: null,
    ceilings: [{ upTo: 0, score: 40 }, { upTo: 0.2, score: 65 }],
  }),
  renewal: (place: Place): CardMeasure => ({ ...place, id: 'renewal', signal: 'renewalNear', label: 'Undecided renewal', unit: 'of the last 90 days gone', curve: line([0, 1], [90, 0]), staleAfter: null }),
  overdue: (place: Place): CardMeasure => ({ ...place, id: 'overdue', signal: 'overdueInvoices', label: 'Overdue invoices', unit: 'days', curve: line([0, 1], [10, 0.8], [60, 0]), staleAfter: 400, ceilings: [notHealthy] }),
};

export const serviceMeasures = {
  ageing: (place: Place): CardMeasure => ({ ...place, id: 'ageing', signal: 'ageingTickets', label: 'Ageing tickets', unit: 'tickets', curve: line([0, 1], [1, 0.6], [3, 0]), staleAfter: 365 }),
  reopened: (place: Place): CardMeasure => ({ ...place, id: 'reopened', signal: 'reopened', label: 'Reopened tickets', unit: 'reopenings above usual', curve: line([0, 1], [1, 0.7], [3, 0]), staleAfter: 365, ceilings: [notHealthy] }),
  escalated: (place: Place): CardMeasure => ({ ...place, id: 'escalated', signal: 'escalated', label: 'Escalations', unit: 'escalations', curve: steps(0, [0, 1], [1, 0.4]), staleAfter: 365 }),
  missed: (place: Place): CardMeasure => ({ ...place, id: 'missed', signal: 'slaMissed', label: 'Missed targets', unit: 'tickets', curve: line([0, 1], [2, 0.5], [6, 0]), staleAfter: 365 }),
  outages: (place: Place): CardMeasure => ({ ...place, id: 'outages', signal: 'outages', label: 'Outages without an end time', unit: 'outages, running ones twice', curve: line([0, 1], [2, 0]), staleAfter: 180, ceilings: [notHealthy] }),
};

export const peopleMeasures = {
  payerContact: (place: Place): CardMeasure => ({ ...place, id: 'payer-contact', signal: 'payerContact', label: 'Contact with a payer', unit: 'days since', curve: line([60, 1], [180, 0]), staleAfter: null, ceilings: [notHealthy] }),
  promises: (place: Place): CardMeasure => ({ ...place, id: 'promises', signal: 'promises', label: 'Broken promises', unit: 'promises', curve: line([0, 1], [1, 0.5], [3, 0]), staleAfter: 365 }),
  payerVoice: (place: Place): CardMeasure => ({ ...place, id: 'payer-voice', signal: 'payerVoice', label: 'Answers of payers', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 270, ceilings: [notHealthy] }),
  userVoice: (place: Place): CardMeasure => ({ ...place, id: 'user-voice', signal: 'userVoice', label: 'Answers of users', unit: 'of 100', curve: line([10, 0], [90, 1]), staleAfter: 270, ceilings: [{ upTo: 0.1, score: 65 }] }),
  unanswered: (place: Place): CardMeasure => ({ ...place, id: 'unanswered', signal: 'unanswered', label: 'Unanswered surveys', unit: '% of surveys', curve: line([50, 1], [100, 0]), staleAfter: null }),
};
