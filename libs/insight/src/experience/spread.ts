import { type ExperienceAnswer, placeOf } from './answer.js';
import { type Figure, groupsOf, meanOf, sum, within } from './figure.js';
import { type Wait, waitsOf } from './waiting.js';

/** How far one account's users and payers are apart, and who went first. */
export interface AccountSpread {
  readonly customer: string;
  /** Means of their answers, each as its place on its scale: 0 the worst, 1 the best. */
  readonly users: Figure;
  readonly payers: Figure;
  /** Since when the answers of users, and of payers, have been fallen; null: they are not, or no longer. */
  readonly usersFell: string | null;
  readonly payersFell: string | null;
}

export interface Spread {
  readonly users: Figure;
  readonly payers: Figure;
  /** Accounts where users are fallen and payers, who were heard, are not: the time in which something can be done. Those that fell last first. */
  readonly warned: readonly AccountSpread[];
  /** Days from the first fall of users to the first of payers, over accounts whose users fell; those whose payers have not fallen counted as far as it has lasted. `n`: accounts whose users fell and of whose payers something was heard. */
  readonly lag: { readonly n: number; readonly followed: number; readonly medianDays: number | null };
}

const LATELY = 3;
const FALL = 0.25;

/** Payers and users apart. Answers of people of no known role are left out, and falls of customers who have left (`isCurrent`): nobody waits for anything there. */
export function spreadOf(answers: readonly ExperienceAnswer[], until: string, isCurrent: (customer: string) => boolean = () => true): Spread {
  const inOrder = answers.filter(({ role }) => role !== null).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.survey < b.survey ? -1 : 1));
  const of = (own: readonly ExperienceAnswer[], role: 'payer' | 'user') => own.filter((answer) => answer.role === role);
  const accounts = [...groupsOf(inOrder, ({ customer }) => customer)].filter(([customer]) => isCurrent(customer)).map(([customer, own]) => ({ customer, users: of(own, 'user'), payers: of(own, 'payer') }));
  const warned = accounts.map(({ customer, users, payers }): AccountSpread => ({
    customer, users: placesOf(users), payers: placesOf(payers), usersFell: fallsOf(users).now, payersFell: fallsOf(payers).now,
  })).filter(({ usersFell, payersFell, payers }) => usersFell !== null && payersFell === null && payers.n > 0);
  const waits = accounts.flatMap(({ users, payers }): Wait[] => {
    const [usersFell, payersFell] = [fallsOf(users).first, fallsOf(payers).first];
    if (usersFell === null || payers.length === 0 || (payersFell !== null && Date.parse(payersFell) < Date.parse(usersFell))) return [];
    return [{ minutes: (Date.parse(payersFell ?? until) - Date.parse(usersFell)) / 60_000, over: payersFell !== null }];
  });
  const { median, waiting } = waitsOf(waits);
  return {
    users: placesOf(of(inOrder, 'user')), payers: placesOf(of(inOrder, 'payer')), warned: warned.sort((a, b) => Date.parse(b.usersFell!) - Date.parse(a.usersFell!)),
    lag: { n: waits.length, followed: waits.length - waiting, medianDays: median === null ? null : median / 1440 },
  };
}

/**
 * Fallen is whose last three answers are in the mean a quarter of the scale below all before them; of answers of one role, earliest first. `first`: when that was so for the first time;
 * `now`: since when it has been so, null where it is not (any more). Nobody has without an answer before.
 */
export function fallsOf(answers: readonly ExperienceAnswer[]): { readonly first: string | null; readonly now: string | null } {
  let [first, now]: [string | null, string | null] = [null, null];
  for (let end = LATELY + 1; end <= answers.length; end++) {
    const [before, lately] = [answers.slice(0, end - LATELY), answers.slice(end - LATELY, end)];
    now = mean(before) - mean(lately) >= FALL - 1e-9 ? now ?? answers[end - 1]!.at : null;
    first ??= now;
  }
  return { first, now };
}

/** A place is never off the scale. */
const placesOf = (answers: readonly ExperienceAnswer[]): Figure => within(meanOf(answers.map(placeOf)), 0, 1);

const mean = (answers: readonly ExperienceAnswer[]): number => sum(answers.map(placeOf)) / answers.length;
