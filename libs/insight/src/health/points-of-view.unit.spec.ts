import { describe, expect, it } from '@jest/globals';
import type { Card } from '../cards/card.js';
import { only } from '../cards/cards.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { foldEvents } from '../fold-events.js';
import { fact, TODAY, utc } from '../testing/facts.js';
import { pointsOfView } from './points-of-view.js';

const felt = (id: string): Card => ({
  ...firstScorecard, id, groups: [{ id: 'all', label: 'All' }],
  measures: [{ id, group: 'all', signal: `measurement:${id}`, weight: 1, label: id, unit: 'of 100', curve: { kind: 'line', points: [[0, 0], [100, 1]] }, staleAfter: null }],
});
const nobody = { rules: [], otherwise: null };
const seen = (payer: number | null, user: number | null, cards = { payer: only(felt('payer')), user: only(felt('user')) } as Parameters<typeof pointsOfView>[0]) => pointsOfView(cards, foldEvents(
  [['payer', payer], ['user', user]].flatMap(([measure, value]) => (value === null ? [] : [fact('customer.measurement-recorded', 2, { measure, value })])), utc), TODAY);

describe('Points of view', () => {
  it('are scored by cards of their own, and told in a sentence from 15 points on', () => {
    expect(seen(38, 81)).toMatchObject({ payer: { score: 3_800, band: 'at-risk', coverage: 100 }, user: { score: 8_100, band: 'healthy' }, apart: -4_300, say: 'The payer sees 38, the user 81: they are 43 points apart.' });
    expect(seen(65, 50)).toMatchObject({ apart: 1_500, say: 'The payer sees 65, the user 50: they are 15 points apart.' });
    expect(seen(64.99, 50)).toMatchObject({ apart: 1_499, say: null });
  });

  it('are not compared where too little is known of one, and null where no card says', () => {
    expect(seen(38, null)).toMatchObject({ payer: { score: 3_800 }, user: { score: null, band: 'unknown' }, apart: null, say: null });
    expect(seen(38, 81, { payer: nobody, user: only(felt('user')) })).toMatchObject({ payer: null, user: { score: 8_100 }, apart: null, say: null });
    expect(seen(38, 81, { payer: { rules: [{ when: { segments: ['large'] }, card: felt('payer') }], otherwise: null }, user: nobody })).toBeNull();
  });
});
