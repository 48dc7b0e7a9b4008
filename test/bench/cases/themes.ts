import type { BenchCase } from '../bench-case.js';
import { commentsByFeeling, commentsByTopic } from './themes/coded-comments.js';
import { type Held, heldOut, macroF1 } from './themes/held-out.js';

/** Topics that fewer comments have cannot be judged. */
const LEAST = 20;
const decimals = (value: number) => value.toFixed(2);

function tableOf(held: readonly Held[]): string {
  const lines = [['coded', 'precision', 'recall', 'F1', 'majority F1', ''], ...held.map(({ theme, ours, majority }) => [String(ours.support), decimals(ours.precision), decimals(ours.recall), decimals(ours.f1), decimals(majority.f1), theme])];
  const widths = lines[0]!.map((_, place) => Math.max(...lines.map((line) => line[place]!.length)));
  return lines.map((line) => line.map((word, place) => (place === 5 ? word : word.padStart(widths[place]!))).join('  ').trimEnd()).join('\n');
}

const says = (what: string, held: readonly Held[]) => `${what}: macro-F1 ${macroF1(held, 'ours').toFixed(3)}, always the most frequent one ${macroF1(held, 'majority').toFixed(3)} (${held.length} classes)`;

/** How well what comments are about is told on comments that people coded, by models that have read nothing of their author; prints the tables. All is seeded, so one time says it. */
export function themes(): BenchCase {
  return {
    name: 'themes', unit: '% macro-F1', limitIs: 'always the most frequent topic',
    prepare: async () => {
      const all = heldOut(commentsByTopic(), { oneEach: false });
      const judged = all.filter(({ ours }) => ours.support >= LEAST);
      const feeling = heldOut(commentsByFeeling(), { oneEach: true });
      console.log(`\n${tableOf(all)}\n\n${says(`Topics with ${LEAST} comments and more`, judged)}\n${says('All topics, also those that nobody could learn', all)}\n\n${tableOf(feeling)}\n\n${says('Feeling', feeling)}\n`);
      return { ours: async () => 100 * macroF1(judged, 'ours'), limit: async () => 100 * macroF1(judged, 'majority') };
    },
  };
}
