import { type ExperienceAnswer, positiveFrom, scaleOf } from './answer.js';
import { type Figure, groupsOf, meanOf, proportion, sum, within } from './figure.js';
import { type NetScore, npsByRespondent } from './nps.js';

/** Excellent answers of all, whatever the instrument: what is not excellent is a miss. Wilson's interval. */
export function topBoxOf(answers: readonly ExperienceAnswer[]): Figure {
  return proportion(answers.filter(({ verdict }) => verdict === 'excellent').length, answers.length);
}

/** Positive answers of all CSAT answers on scales of which it is said which answers are positive: 4-5 of five, 3-4 of four, the best of three; else from the instrument's bar on. Wilson's interval. `unjudged`: on other scales. */
export function csatOf(answers: readonly ExperienceAnswer[]): Figure & { readonly unjudged: number } {
  const asked = answers.filter(({ kind }) => kind === 'csat');
  const judged = asked.filter((answer) => positiveFrom(answer) !== null);
  return { ...proportion(judged.filter((answer) => answer.score >= positiveFrom(answer)!).length, judged.length), unjudged: asked.length - judged.length };
}

/** Customer effort: share of answers of 5 and more of seven (CES 2.0, agreement that it was easy), and the mean of each scale beside it, as others count it. */
export function cesOf(answers: readonly ExperienceAnswer[]): { readonly easy: Figure; readonly means: readonly (Figure & { readonly scale: string })[] } {
  const asked = answers.filter(({ kind }) => kind === 'ces');
  const judged = asked.filter((answer) => positiveFrom(answer) !== null);
  return {
    easy: proportion(judged.filter((answer) => answer.score >= positiveFrom(answer)!).length, judged.length),
    means: [...groupsOf(asked, scaleOf)].map(([scale, own]) => ({ scale, ...within(meanOf(own.map(({ score }) => score)), own[0]!.min, own[0]!.max) })),
  };
}

/** Happiness as the net score of XLA answers from 0 to 10, and minutes of work lost as the mean over those who say how many: who says nothing is not taken to have lost nothing. */
export function xlaOf(answers: readonly ExperienceAnswer[]): { readonly happiness: NetScore; readonly lostMinutes: Figure & { readonly total: number | null } } {
  const asked = answers.filter(({ kind }) => kind === 'xla');
  const lost = asked.flatMap(({ lostMinutes }) => lostMinutes ?? []);
  return { happiness: npsByRespondent(asked), lostMinutes: { ...within(meanOf(lost), 0), total: sum(lost) } };
}
