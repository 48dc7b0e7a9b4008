import type { Steps } from '../churn/models/steps.js';
import { groupFolds } from './folds.js';
import { f1Of, type Judged } from './judge.js';
import { chanceOf, fitLinear, type LinearModel } from './linear.js';
import { featuresOf } from './tokens.js';
import { type SparseVector, type Vocabulary, vectorOf, vocabularyOf } from './vectors.js';

/** A text that people said what it is about. */
export interface CodedText {
  readonly text: string;
  readonly themes: readonly string[];
  /** Whose words: those of one person are learnt from together or not at all. */
  readonly by: string;
}

export interface ThemeModel {
  readonly vocabulary: Vocabulary;
  readonly themes: readonly LearntTheme[];
}

export interface LearntTheme {
  readonly theme: string;
  readonly model: LinearModel;
  readonly threshold: number;
  /** How well it was told in texts whose author the model had not read. The threshold was chosen there too: a little too good. */
  readonly heldOut: Judged;
}

const PULL = 1e-4;
const INNER = 3;
const SEED = 1;

/** One logistic regression for each theme that enough texts have; from which chance on a text has it is what gives the best F1 in folds of the texts learnt from. */
export function* learnThemes(coded: readonly CodedText[], least: number): Steps<ThemeModel> {
  const features = coded.map(({ text }) => featuresOf(text));
  const vocabulary = vocabularyOf(features);
  const rows = features.map((each) => vectorOf(each, vocabulary));
  const folds = groupFolds(coded.map(({ by }) => by), INNER, SEED);
  const columns = vocabulary.places.size;
  const names = learnable(coded, least);
  const themes: LearntTheme[] = [];
  for (const theme of names) {
    const labels = labelsOf(coded, theme);
    const chances = yield* heldOut(rows, labels, columns, folds);
    yield { of: 'themes', done: themes.length, all: names.length };
    themes.push({ theme, model: fitLinear(rows, labels, columns, PULL), ...bestThreshold(chances, labels) });
  }
  return { vocabulary, themes };
}

/** The themes of a text, likeliest first; none of a text in which no word is known, whatever most texts are about. */
export function themesIn(text: string, { vocabulary, themes }: ThemeModel): string[] {
  const vector = vectorOf(featuresOf(text), vocabulary);
  if (vector.places.length === 0) return [];
  return themes.map(({ theme, model, threshold }) => ({ theme, over: chanceOf(vector, model) - threshold })).filter(({ over }) => over >= 0).sort((a, b) => b.over - a.over).map(({ theme }) => theme);
}

/** The theme whose chance is highest, where exactly one is true; null where nothing was learnt. Only the bench asks so, of published texts that have one label each. */
export function likeliestIn(text: string, { vocabulary, themes }: ThemeModel): string | null {
  const vector = vectorOf(featuresOf(text), vocabulary);
  const chances = themes.map(({ theme, model }) => ({ theme, chance: chanceOf(vector, model) }));
  return chances.length === 0 ? null : chances.reduce((best, each) => (each.chance > best.chance ? each : best)).theme;
}

/** Themes that at least so many texts have. */
function learnable(coded: readonly CodedText[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const { themes } of coded) for (const theme of new Set(themes)) counts.set(theme, (counts.get(theme) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= least).map(([theme]) => theme).sort();
}

export const labelsOf = (coded: readonly CodedText[], theme: string): Uint8Array => Uint8Array.from(coded, ({ themes }) => (themes.includes(theme) ? 1 : 0));

function* heldOut(rows: readonly SparseVector[], labels: Uint8Array, columns: number, folds: readonly number[]): Steps<Float64Array> {
  const chances = new Float64Array(rows.length);
  for (let fold = 0; fold < INNER; fold++) {
    yield { of: 'folds', done: fold, all: INNER };
    const inside = rows.map((_, row) => row).filter((row) => folds[row] !== fold);
    const model = fitLinear(inside.map((row) => rows[row]!), Uint8Array.from(inside, (row) => labels[row]!), columns, PULL);
    rows.forEach((vector, row) => {
      if (folds[row] === fold) chances[row] = chanceOf(vector, model);
    });
  }
  return chances;
}

const THRESHOLDS = Array.from({ length: 45 }, (_, step) => (5 + step) / 100);

function bestThreshold(chances: Float64Array, labels: Uint8Array): Pick<LearntTheme, 'threshold' | 'heldOut'> {
  const scored = THRESHOLDS.map((threshold) => ({ threshold, heldOut: f1Of(labels, chances.map((chance) => (chance >= threshold ? 1 : 0))) }));
  return scored.reduce((best, each) => (each.heldOut.f1 > best.heldOut.f1 ? each : best));
}
