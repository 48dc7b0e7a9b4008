import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Card } from './card.js';
import { checkCard } from './check-card.js';
import { foldEvents } from '../fold-events.js';
import { weigh } from '../score/weigh.js';
import { fact, TODAY, utc } from '../testing/facts.js';

it('CARDS.md shows a card that leaves nothing to put right, and scores: 60 days without contact are 2/3, a pulse nobody took is half', () => {
  const [, json] = /```json\n([\s\S]*?)```/.exec(readFileSync(new URL('../../CARDS.md', import.meta.url), 'utf8'))!;
  const card = JSON.parse(json!) as Card;
  expect(checkCard(card)).toEqual([]);
  const { score, coverage } = weigh(foldEvents([fact('engagement.call-held', 60, { twoWay: true })], utc), card, TODAY);
  expect([score, coverage]).toEqual([Math.round((10_000 * (2 * (2 / 3) + 0.5)) / 3), 66.67]);
});
