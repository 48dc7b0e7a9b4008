import { expect, it } from '@jest/globals';
import { foldEvents } from '../fold-events.js';
import { emptySheet, type FactSheet } from '../fact-sheet.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { checkCard } from './check-card.js';
import { CoverageCounting } from './coverage-counting.js';
import { firstScorecard } from './first-scorecard.js';

function coverageOf(sheets: readonly FactSheet[], day: number) {
  const counting = new CoverageCounting(firstScorecard, day);
  sheets.forEach((sheet) => counting.add(sheet));
  return counting.coverage();
}

it('counts of how many customers each measure is known on a day; what is too old is not', () => {
  const talks = foldEvents([fact('engagement.call-held', 20, { twoWay: true })], utc);
  const uses = foldEvents([fact('usage.reported', 61, { from: ago(67), to: ago(61), licensed: 20, active: 10 }), fact('engagement.call-held', 70, { twoWay: false })], utc);
  const shares = (day: number) => Object.fromEntries(coverageOf([talks, uses, emptySheet(), emptySheet()], day).measures.map(({ id, share }) => [id, share]));
  expect(shares(TODAY)).toMatchObject({ contact: 0.5, 'licence-use': 0, silence: 0.25, sponsor: 0 });
  expect(shares(TODAY - 1)).toMatchObject({ 'licence-use': 0.25 });
  expect(coverageOf([], TODAY)).toMatchObject({ customers: 0 });
  expect(checkCard(firstScorecard, coverageOf([talks], TODAY)).map(({ pointer }) => pointer)).toContain('/measures/0/signal');
});
