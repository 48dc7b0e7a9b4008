import type { Backtest } from '#insight';
import type { Html } from '../pages/html.js';
import { BOX, figure, scaleOf } from './figure.js';
import { between, decimals, percent, wordsOf } from './figure-words.js';
import { heightOf, type Range, rangesDrawing } from './ranges-drawing.js';

type Horizon = Backtest['horizons'][number];

const RULES: Readonly<Record<Horizon['baselines'][number]['name'], string>> = { 'health score': 'Rule: the lowest health score first', 'contract ends soon': 'Rule: the next renewal first', 'usage dropped': 'Rule: the largest drop of usage first' };

/** The model beside rules that need no model, by their AUC on the same rows. */
export function rulesDrawing(id: string, { figures, baselines }: Horizon): Html {
  const figureOf = (name: Horizon['figures'][number]['name']) => figures.find((each) => each.name === name);
  const auc = figureOf('auc');
  const ranges: Range[] = [{ name: 'The model', value: auc?.value ?? null, low: auc?.low ?? null, high: auc?.high ?? null, isOurs: true },
    ...baselines.map(({ name, auc: value, low, high }) => ({ name: RULES[name], value, low, high, isOurs: false }))];
  const least = Math.min(0.5, ...ranges.flatMap(({ value, low }) => [value ?? 0.5, low ?? 0.5]));
  const from = Math.max(0, Math.floor(least * 10) / 10);
  const scale = scaleOf(from, 1, 16, BOX.right - 8);
  const ticks = Array.from({ length: Math.round((1 - from) * 10) + 1 }, (_, index) => [from + index / 10, decimals(from + index / 10, 1)] as const);
  const ahead = baselines.filter(({ ahead: { low } }) => low !== null && low > 0).length;
  return figure({
    id, title: 'The model beside simple rules', height: heightOf(ranges.length), isBroad: true,
    says: baselines.length === 0 ? 'There are no rules to compare with.' : `The model is ahead of ${ahead} of ${baselines.length} rules by more than chance could make it. The dashed line is chance.`,
    drawing: rangesDrawing({ ranges, scale, ticks: ticks.filter((_, index) => ticks.length < 8 || index % 2 === 0), even: 0.5, axis: 'ROC AUC, with 95 % interval' }),
    table: {
      head: ['By', 'AUC', '95 % interval', 'Lift at 10 %', 'Revenue captured at 10 %', 'The model is ahead by'],
      rows: [['The model', decimals(auc?.value ?? null), between(auc?.low ?? null, auc?.high ?? null, decimals), wordsOf({ name: 'lift10' }).say(figureOf('lift10')?.value ?? null), percent(figureOf('arrCaptured10')?.value ?? null), '–'],
        ...baselines.map(({ name, auc: value, low, high, lift10, arrCaptured10, ahead: by }) => [RULES[name], decimals(value), between(low, high, decimals), decimals(lift10, 2), percent(arrCaptured10), `${decimals(by.value)} (${between(by.low, by.high, decimals)})`])],
    },
  });
}
