import { Z95 } from '../churn/proof/wilson.js';
import { type ExperienceAnswer, promotes } from './answer.js';
import { effectiveCount, type Figure, groupsOf, meanOf, NOTHING, sum, weightedError, weightedMean, within } from './figure.js';

/** A net score from -100 to 100. */
export interface NetScore extends Figure {
  readonly standardError: number | null;
  /** As many answers of the same weight would say as much. */
  readonly effectiveN: number;
  readonly method: string;
}

const NPS_METHODS = {
  respondent: 'Share of 9 and 10 less share of 0 to 6, the newest answer of each person. SE = root of the variance over n; interval: adjusted Wald (Rocks, 2016), with 3/4, 3/2 and 3/4 of an answer added.',
  account: 'The mean over accounts of each one\'s own net score: an account counts once, however many answered. Interval: Student, over accounts.',
  arr: 'The mean over accounts of each one\'s own net score, each weighed by its recurring amount of the year. n: accounts; effective n: Kish. Interval: Student, linearised.',
} as const;

/**
 * N = p+ - p-; Var = p+ (1 - N)^2 + p0 N^2 + p- (-1 - N)^2; SE = root of Var / n. Where all answer the same that is 0, whatever n: hence the interval is the adjusted Wald one of
 * B. Rocks (Interval estimation for the Net Promoter Score, The American Statistician 70, 2016), which adds 3/4 of a detractor, 3/2 of a passive and 3/4 of a promoter; it is widened
 * to the score itself where that lies outside, as it can where hardly anybody answered.
 */
export function npsByRespondent(answers: readonly ExperienceAnswer[]): NetScore {
  const marks = newestOfEach(answers).map((answer) => promotes(answer)!);
  const n = marks.length;
  const method = NPS_METHODS.respondent;
  if (n === 0) return { ...NOTHING, standardError: null, effectiveN: 0, method };
  const [best, even, worst] = [1, 0, -1].map((mark) => marks.filter((each) => each === mark).length) as [number, number, number];
  const plain = netOf(best, even, worst);
  const adjusted = netOf(best + 0.75, even + 1.5, worst + 0.75);
  const half = Z95 * adjusted.error;
  return {
    n, value: 100 * plain.net, standardError: 100 * plain.error, effectiveN: n, method,
    low: 100 * Math.max(-1, Math.min(plain.net, adjusted.net - half)), high: 100 * Math.min(1, Math.max(plain.net, adjusted.net + half)),
  };
}

function netOf(best: number, even: number, worst: number): { net: number; error: number } {
  const n = best + even + worst;
  const net = (best - worst) / n;
  const variance = (best / n) * (1 - net) ** 2 + (even / n) * net ** 2 + (worst / n) * (-1 - net) ** 2;
  return { net, error: Math.sqrt(variance / n) };
}

/** Each account counts as `weightOf` says; those that weigh nothing do not. */
function npsByAccount(answers: readonly ExperienceAnswer[], weightOf: (customer: string) => number, method: string): NetScore {
  const accounts = [...groupsOf(newestOfEach(answers), ({ customer }) => customer)].map(([customer, own]) => ({ value: meanOf(own.map((answer) => 100 * promotes(answer)!)).value!, weight: weightOf(customer) }))
    .filter(({ weight }) => weight > 0);
  const figure = within(weightedMean(accounts), -100, 100);
  return { ...figure, standardError: weightedError(accounts), effectiveN: effectiveCount(accounts.map(({ weight }) => weight)), method };
}

export interface NetScores {
  readonly respondent: NetScore;
  readonly account: NetScore;
  /** Of the accounts whose recurring amount is in the currency that most is paid in, as there is no exchange rate. */
  readonly arr: NetScore & { readonly currency: string | null; readonly left: number };
}

/** Three answers to "whose score": of people, of accounts, of money. `arrOf`: what an account pays a year. */
export function npsOf(answers: readonly ExperienceAnswer[], arrOf: (customer: string) => Money | null): NetScores {
  const heard = answers.filter((answer) => promotes(answer) !== null);
  const customers = [...new Set(heard.map(({ customer }) => customer))];
  const currency = mainCurrency(customers.flatMap((customer) => arrOf(customer) ?? []));
  const weightOf = (customer: string) => {
    const arr = arrOf(customer);
    return arr?.currency === currency ? Math.max(0, arr?.amount ?? 0) : 0;
  };
  const arr = npsByAccount(heard, weightOf, NPS_METHODS.arr);
  return { respondent: npsByRespondent(heard), account: npsByAccount(heard, () => 1, NPS_METHODS.account), arr: { ...arr, currency, left: customers.length - arr.n } };
}

export interface Money { readonly amount: number; readonly currency: string }

/** The currency of most of the money; null where there is none. */
export function mainCurrency(amounts: readonly Money[]): string | null {
  const totals = [...groupsOf(amounts, ({ currency }) => currency)].map(([currency, each]) => ({ currency, total: sum(each.map(({ amount }) => amount)) }));
  return totals.sort((a, b) => b.total - a.total || (a.currency < b.currency ? -1 : 1))[0]?.currency ?? null;
}

/** Who answers often counts once; answers of nobody known count each. */
export function newestOfEach(answers: readonly ExperienceAnswer[]): ExperienceAnswer[] {
  const heard = answers.filter((answer) => promotes(answer) !== null);
  const byTime = heard.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.survey < b.survey ? -1 : 1));
  return [...new Map(byTime.map((answer) => [JSON.stringify([answer.customer, answer.contact ?? { survey: answer.survey }]), answer])).values()];
}
