import { expect, it } from '@jest/globals';
import { foldEvents } from '../fold-events.js';
import { fact, utc } from '../testing/facts.js';
import { cardFor, type Condition } from './cards.js';
import { firstScorecard } from './first-scorecard.js';

const special = { ...firstScorecard, id: 'special' };
const told = (data: Record<string, unknown>, absorbed: boolean) => ({ ...fact('customer.registered', 9, data), absorbed });
const cardOf = (when: Condition, ...events: ReturnType<typeof told>[]) => cardFor({ rules: [{ when, card: special }], otherwise: firstScorecard }, foldEvents(events, utc)).id;

it('A rule goes by what was said of those that are merged into a customer where nothing was said of the customer itself', () => {
  const [mine, theirs] = [told({ name: 'Acme', region: 'South' }, false), told({ name: 'Old Acme', segment: 'public', industry: 'steel', region: 'North' }, true)];
  const of = (when: Condition) => cardOf(when, mine, theirs);
  expect([of({ segments: ['public'] }), of({ industries: ['steel'] }), of({ regions: ['South'] }), of({ regions: ['North'] }), of({ segments: ['public'], regions: ['South'] })])
    .toEqual(['special', 'special', 'special', 'first-scorecard', 'special']);
  expect(cardOf({ segments: ['public'] }, mine)).toBe('first-scorecard');
});
