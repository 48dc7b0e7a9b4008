import { finish } from '../../../../libs/insight/src/churn/models/steps.js';
import { groupFolds } from '../../../../libs/insight/src/text/folds.js';
import { f1Of, type Judged } from '../../../../libs/insight/src/text/judge.js';
import { type CodedText, labelsOf, learnThemes, likeliestIn, type ThemeModel, themesIn } from '../../../../libs/insight/src/text/theme-model.js';

const FOLDS = 5;
const SEED = 1;
/** Fewer comments than this teach no topic. */
export const LEAST = 16;

/** What each comment is told to be about by a model that has read nothing of its author: five folds of people, thresholds chosen inside. */
function toldOf(coded: readonly CodedText[], tell: (text: string, model: ThemeModel) => readonly string[]): (readonly string[])[] {
  const folds = groupFolds(coded.map(({ by }) => by), FOLDS, SEED);
  const told = new Array<readonly string[]>(coded.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = finish(learnThemes(coded.filter((_, place) => folds[place] !== fold), LEAST));
    coded.forEach(({ text }, place) => {
      if (folds[place] === fold) told[place] = tell(text, model);
    });
  }
  return told;
}

export interface Held { readonly theme: string; readonly ours: Judged; readonly majority: Judged }

/** Each theme that anybody coded, beside always saying the most frequent one; most frequent first. */
export function heldOut(coded: readonly CodedText[], { oneEach }: { readonly oneEach: boolean }): Held[] {
  const told = toldOf(coded, oneEach ? (text, model) => [likeliestIn(text, model) ?? ''] : themesIn);
  const themes = [...new Set(coded.flatMap(({ themes: own }) => own))].map((theme) => ({ theme, labels: labelsOf(coded, theme) })).map((each) => ({ ...each, support: each.labels.reduce((sum, label) => sum + label, 0) })).sort((a, b) => b.support - a.support || (a.theme < b.theme ? -1 : 1));
  return themes.map(({ theme, labels }, place) => ({ theme, ours: f1Of(labels, told.map((own) => (own.includes(theme) ? 1 : 0))), majority: f1Of(labels, told.map(() => (place === 0 ? 1 : 0))) }));
}

export const macroF1 = (held: readonly Held[], side: 'ours' | 'majority'): number => held.reduce((sum, each) => sum + each[side].f1, 0) / held.length;
