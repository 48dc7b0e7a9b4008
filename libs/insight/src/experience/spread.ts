import { type ExperienceAnswer, placeOf } from './answer.js';
import { type Figure, groupsOf, meanOf, sum } from './figure.js';
import { type Wait, waitsOf } from './waiting.js';

/** How far one account's users and payers are apart, and who went first. */
export interface AccountSpread {
  readonly customer: string;
  /** Means of their answers, each as its place on its scale: 0 the worst, 1 the best. */
  readonly users: Figure;
  readonly payers: Figure;
  /** When the answers of users, and of payers, had fallen; null: they have not. */
  readonly usersFell: string | null;
  readonly payersFell: string | null;
}

export interface Spread {
  readonly users: Figure;
  readonly payers: Figure;
  /** Accounts where users fell and payers have not yet, those that fell last first: the time in which something can be done. */
  readonly warned: readonly AccountSpread[];
  /** Days from the fall of users to that of payers, over accounts whose users fell; those whose payers have not fallen counted as far as it has lasted. `n`: accounts whose users fell and of whose payers something was heard. */
  readonly lag: { readonly n: number; readonly followed: number; readonly medianDays: number | null };
  readonly accounts: readonly AccountSpread[];
}

const LATELY = 3;
const FALL = 0.25;

/** Payers and users apart. Answers of people of no known role are left out. */
export function spreadOf(answers: readonly ExperienceAnswer[], until: string): Spread {
  const inOrder = answers.filter(({ role }) => role !== null).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.survey < b.survey ? -1 : 1));
  const of = (own: readonly ExperienceAnswer[], role: 'payer' | 'user') => own.filter((answer) => answer.role === role);
  const accounts = [...groupsOf(inOrder, ({ customer }) => customer)].map(([customer, own]): AccountSpread => ({
    customer, users: meanOf(of(own, 'user').map(placeOf)), payers: meanOf(of(own, 'payer').map(placeOf)), usersFell: fallOf(of(own, 'user')), payersFell: fallOf(of(own, 'payer')),
  }));
  const fallen = accounts.filter(({ usersFell, payersFell }) => usersFell !== null && (payersFell === null || Date.parse(payersFell) >= Date.parse(usersFell)));
  const waits = fallen.filter(({ payers }) => payers.n > 0).map(({ usersFell, payersFell }): Wait => ({ minutes: (Date.parse(payersFell ?? until) - Date.parse(usersFell!)) / 60_000, over: payersFell !== null }));
  const { median, waiting } = waitsOf(waits);
  return {
    users: meanOf(of(inOrder, 'user').map(placeOf)), payers: meanOf(of(inOrder, 'payer').map(placeOf)), accounts,
    warned: fallen.filter(({ payersFell }) => payersFell === null).sort((a, b) => Date.parse(b.usersFell!) - Date.parse(a.usersFell!)),
    lag: { n: waits.length, followed: waits.length - waiting, medianDays: median === null ? null : median / 1440 },
  };
}

/** When the mean of the last three answers was first a quarter of the scale below that of all answers before them; of answers of one role, earliest first. Null without an answer before. */
export function fallOf(answers: readonly ExperienceAnswer[]): string | null {
  for (let end = LATELY + 1; end <= answers.length; end++) {
    const [before, lately] = [answers.slice(0, end - LATELY), answers.slice(end - LATELY, end)];
    if (mean(before) - mean(lately) >= FALL - 1e-9) return answers[end - 1]!.at;
  }
  return null;
}

const mean = (answers: readonly ExperienceAnswer[]): number => sum(answers.map(placeOf)) / answers.length;
