import { choice, figure, list, orNull, record, ref, type Schema, text, yesNo } from '../schema.js';
import { chance } from './churn-risk.js';
import { atMoments, band, score } from './common.js';

const moved = (unit: string) => record(`What moved, in ${unit}.`, {
  id: text('Its id.'), label: text('Its name.'), before: figure('As it is.'), after: figure('With the changes.'), change: figure('Signed.'), say: text('With the changes, in a sentence.'),
});

export const whatIfSchemas: Readonly<Record<string, Schema>> = {
  WhatIf: record('What would be, had facts not happened or happened at another time. Nothing of it is stored.', {
    ...atMoments,
    held: yesNo('True while a fact that could not be read holds back the figures of this customer.'),
    heldBy: orNull(ref('Evidence', 'The first fact that could not be read, where one holds the customer back.')),
    before: ref('Outlook', 'As it is.'),
    after: ref('Outlook', 'With the changes.'),
    drivers: list(moved('log-odds of leaving within 90 days'), 'Drivers of the risk, the largest change first; empty where one of both has no model\'s word.'),
    measures: list(moved('points of the computed score'), 'Measures of the computed score, the largest change first.'),
    say: text('Both in a sentence.'),
    model: ref('ModelInShort', 'The model that says so.'),
  }),
  Outlook: record('How a customer stands.', {
    standing: choice(['prospect', 'running', 'notice', 'left'], 'As in the churn risk.'),
    probability: orNull(chance('To leave within 90 days; null where nothing can be said.')),
    say: text('In a sentence.'),
    chances: list(record('One horizon.', { horizon: choice(['30', '90', '180', 'renewal'], 'Days, or the next renewal.'), probability: chance('To leave within it.') }), 'By horizon.'),
    arrAtRisk: list(ref('Money'), 'Annual recurring revenue times the chance within 90 days.'),
    score: score('The score that counts, set by hand or computed; null while too little is known.'),
    band: band('Where the score lies.'),
    computed: record('What was computed, also where a score set by hand counts in its place.', { score: score('Null while too little is known.'), band: band('Where it lies.') }),
    override: orNull(record('The score that is set by hand, while it holds.', { score: score('The score.'), until: text('The last day on which it holds.') })),
  }),
};
