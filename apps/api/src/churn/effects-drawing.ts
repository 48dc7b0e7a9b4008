import type { Effect } from '#insight';
import { type Content, html, type Html } from '../pages/html.js';
import { axes, BOX, figure, scaleOf } from './figure.js';
import { between, short, times } from './figure-words.js';
import { heightOf, rangesDrawing } from './ranges-drawing.js';

type Steps = Extract<Effect, { kind: 'steps' }>;
type Coefficient = Extract<Effect, { kind: 'coefficient' }>;

const SHOWN = 12;
const DRAWN_COEFFICIENTS = 20;
const FACTORS = [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6].map((doubled) => [doubled * Math.LN2, times(doubled * Math.LN2)] as const);

/** What the model makes of each column, the strongest first. */
export function effectsDrawing(id: string, effects: readonly Effect[]): Content {
  const steps = effects.filter((effect): effect is Steps => effect.kind === 'steps');
  const coefficients = effects.filter((effect): effect is Coefficient => effect.kind === 'coefficient');
  return [
    coefficients.length === 0 ? null : coefficientsFigure(`${id}-odds`, coefficients),
    steps.slice(0, SHOWN).map((effect, index) => stepsFigure(`${id}-shape${index}`, effect, limitsOf(steps))),
    steps.length <= SHOWN ? null : html`<p class="whole muted">${steps.length - SHOWN} more move the odds by less: ${steps.slice(SHOWN).map(({ label }) => label).join(', ')}.</p>`,
  ];
}

/** One scale for all, so that what moves more looks so. */
function limitsOf(steps: readonly Steps[]): readonly [number, number] {
  const values = steps.flatMap(({ shape }) => shape.values);
  return [Math.min(-Math.log(1.5), ...values), Math.max(Math.log(1.5), ...values)];
}

function stepsFigure(id: string, { label, shape: { edges, values } }: Steps, [least, most]: readonly [number, number]): Html {
  const [first, last] = [edges[0]!, edges[edges.length - 1]!];
  const margin = (last - first) * 0.06 || Math.abs(first) || 1;
  const [x, y] = [scaleOf(first - margin, last + margin, BOX.left, BOX.right), scaleOf(least, most, BOX.bottom - 4, BOX.top + 4)];
  const ends = [BOX.left, ...edges.map((edge) => x(edge)), BOX.right];
  const path = values.map((value, bin) => `${bin === 0 ? 'M' : 'L'}${ends[bin]} ${y(value)}H${ends[bin + 1]}`).join('');
  const middle = edges.find((edge) => edge >= (first + last) / 2)!;
  const xTicks = edges.length === 1 ? [[first - margin / 2, `up to ${short(first)}`], [first + margin / 2, 'above']] as const : [...new Set([first, middle, last])].map((edge) => [edge, short(edge)] as const);
  const runs = runsOf(edges, values);
  const [low, high] = [runs.reduce((a, b) => (b.value < a.value ? b : a)), runs.reduce((a, b) => (b.value > a.value ? b : a))];
  return figure({
    id, title: label, says: `Odds ${times(low.value)} at the lowest (${low.where}), ${times(high.value)} at the highest (${high.where}), against the average row.`,
    drawing: html`${axes({ x, y, xTicks, yTicks: FACTORS.filter(([value]) => value >= least && value <= most), xName: label, yName: 'Odds of leaving' })}
<line class="even" x1="${BOX.left}" x2="${BOX.right}" y1="${y(0)}" y2="${y(0)}"/><path class="model" d="${path}"/>`,
    table: { head: ['Value', 'Odds'], rows: runs.map(({ where, value }) => [where, times(value)]) },
  });
}

/** Steps of the same height, as they are shown, are one. */
function runsOf(edges: readonly number[], values: readonly number[]): { where: string; value: number }[] {
  const starts = values.flatMap((value, bin) => (bin === 0 || times(value) !== times(values[bin - 1]!) ? [bin] : []));
  return starts.map((bin, run) => {
    const next = starts[run + 1];
    const [from, to] = [bin === 0 ? null : edges[bin - 1]!, next === undefined ? null : edges[next - 1]!];
    return { value: values[bin]!, where: from === null ? (to === null ? 'any' : `up to ${short(to)}`) : to === null ? `above ${short(from)}` : `${short(from)} to ${short(to)}` };
  });
}

function coefficientsFigure(id: string, effects: readonly Coefficient[]): Html {
  const drawn = effects.slice(0, DRAWN_COEFFICIENTS);
  const values = drawn.flatMap(({ low, high }) => [low, high]);
  const [least, most] = [Math.max(-5, Math.min(-Math.log(2), ...values)), Math.min(5, Math.max(Math.log(2), ...values))];
  const scale = scaleOf(least, most, 16, BOX.right - 8);
  const within = (value: number) => Math.min(most, Math.max(least, value));
  const sure = effects.filter(({ low, high }) => low > 0 || high < 0).length;
  return figure({
    id, title: 'What one standard deviation more does to the odds', height: heightOf(drawn.length),
    says: `Of ${effects.length} columns ${sure} move the odds for sure: their 95 % interval leaves out ×1.${drawn.length < effects.length ? ` The ${drawn.length} strongest are drawn, all are in the table.` : ''}`,
    drawing: rangesDrawing({
      ranges: drawn.map(({ label, value, low, high }) => ({ name: label, value: within(value), low: within(low), high: within(high), isOurs: low > 0 || high < 0 })),
      scale, ticks: FACTORS.filter(([value]) => value >= least && value <= most), even: 0, axis: 'Odds of leaving, with 95 % interval',
    }),
    table: { head: ['Column', 'Odds', '95 % interval'], rows: effects.map(({ label, value, low, high }) => [label, times(value), between(low, high, (end) => times(end!))]) },
  });
}
