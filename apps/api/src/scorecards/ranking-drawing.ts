import type { Simulation } from '#insight';
import { BOX, figure, scaleOf } from '../churn/figure.js';
import { between, count, decimals, wordsOf } from '../churn/figure-words.js';
import { heightOf, rangesDrawing } from '../churn/ranges-drawing.js';
import type { Html } from '../pages/html.js';

type Figure = Simulation['ranking']['figures'][number];

const SCALES = { auc: { even: 0.5, least: 0.4, most: 1, steps: 6 }, lift10: { even: 1, least: 0, most: 4, steps: 4 } } as const;

/** How well both rank who leaves, with intervals, and how far the draft is ahead. */
export function rankingDrawing(ranking: Simulation['ranking'], one: Figure): Html {
  const { name, draft, published, ahead } = one;
  const { even, steps, ...wanted } = SCALES[name];
  const known = [draft, published].flatMap(({ value, low, high }) => [value, low, high]).filter((value) => value !== null);
  const [least, most] = [Math.floor(Math.min(wanted.least, ...known) * 10) / 10, Math.ceil(Math.max(wanted.most, ...known) * 10) / 10];
  const scale = scaleOf(least, most, 16, BOX.right - 8);
  const words = wordsOf({ name });
  return figure({
    id: `ranking-${name}`, title: `${words.name}: who leaves within 90 days`, height: heightOf(2),
    says: `${words.name}: ${words.better}. Of ${count(ranking.rows)} looks at customers at month ends, ${count(ranking.leavers)} were within 90 days of a departure. The draft is ahead by ${words.say(ahead.value)} (${between(ahead.low, ahead.high, words.say)}); the dashed line is chance.`,
    drawing: rangesDrawing({
      ranges: [{ name: 'The draft', ...draft, isOurs: true }, { name: 'As published', ...published, isOurs: false }], scale, even, axis: `${words.name}, with 95 % interval`,
      ticks: Array.from({ length: steps + 1 }, (_, at) => least + ((most - least) * at) / steps).map((value) => [value, decimals(value, 1)] as const),
    }),
    table: { head: ['', words.name, '95 % interval'], rows: [['The draft', words.say(draft.value), between(draft.low, draft.high, words.say)], ['As published', words.say(published.value), between(published.low, published.high, words.say)], ['The draft is ahead by', words.say(ahead.value), between(ahead.low, ahead.high, words.say)]] },
  });
}
