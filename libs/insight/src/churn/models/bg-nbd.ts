import { climb, type Hill } from './newton.js';
import type { Steps } from './steps.js';

/** What a customer without a contract has bought: repeat purchases, time of the last one and time observed, both since the first purchase and in one unit. */
export interface Purchases {
  readonly repeats: number;
  readonly last: number;
  readonly observed: number;
}

/**
 * BG/NBD (Fader, Hardie, Lee: "Counting Your Customers" the Easy Way, 2005): a customer buys at a rate that is gamma(r, alpha) distributed over customers,
 * and after each purchase leaves with a chance that is beta(a, b) distributed.
 */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

const CUSTOMERS_AT_ONCE = 50_000;

/** Maximum likelihood (equation 6), over the logarithms of the parameters. */
export function* fitBgNbd(customers: readonly Purchases[]): Steps<BgNbd & { readonly logLikelihood: number }> {
  customers.forEach(check);
  if (!customers.some(({ repeats }) => repeats > 0)) throw new RangeError(`none of ${customers.length} customers bought again: there is nothing to learn from them`);
  const start = customers.reduce((sum, { observed }) => sum + observed, 0) / customers.length;
  const { point, height } = yield* climb(hillOf(customers), [0, Math.log(start), 0, 1]);
  return { ...modelAt(point), logLikelihood: height };
}

function check({ repeats, last, observed }: Purchases): void {
  if (!Number.isSafeInteger(repeats) || repeats < 0) throw new RangeError(`repeats are a whole number from 0 on, not ${repeats}`);
  if (!(last >= 0 && last <= observed && observed < Number.POSITIVE_INFINITY)) throw new RangeError(`the last purchase, at ${last}, is not between 0 and the time observed, ${observed}`);
}

const modelAt = (point: readonly number[]): BgNbd => {
  const [r, alpha, a, b] = point.map(Math.exp) as [number, number, number, number];
  return { r, alpha, a, b };
};

/** How far apart two gradients are taken for the curvature between them. */
const NEAR = 1e-5;

function hillOf(customers: readonly Purchases[]): Hill {
  const most = customers.reduce((found, { repeats }) => Math.max(found, repeats), 0);
  const gradient = function* (point: readonly number[]) {
    return (yield* likelihood(customers, most, point)).gradient;
  };
  return {
    *height(point) {
      return (yield* likelihood(customers, most, point)).height;
    },
    *slope(point) {
      const rows: number[][] = [];
      for (const place of point.keys()) {
        const [below, above] = [yield* gradient(point.with(place, point[place]! - NEAR)), yield* gradient(point.with(place, point[place]! + NEAR))];
        rows.push(above.map((value, other) => (below[other]! - value) / (2 * NEAR)));
      }
      return { gradient: yield* gradient(point), curvature: rows.map((row, place) => row.map((value, other) => (value + rows[other]![place]!) / 2)) };
    },
  };
}

/** Repeats are whole numbers, so each quotient of gamma functions is a product, and its logarithm a sum. */
function* likelihood(customers: readonly Purchases[], most: number, point: readonly number[]): Steps<{ height: number; gradient: number[] }> {
  const { r, alpha, a, b } = modelAt(point);
  const [buys, stays, either] = [r, b, a + b].map((from) => [sums(most, (i) => Math.log(from + i)), sums(most, (i) => 1 / (from + i))] as const) as [Sums, Sums, Sums];
  let [height, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
  for (const [place, { repeats: x, last, observed }] of customers.entries()) {
    if (place % CUSTOMERS_AT_ONCE === CUSTOMERS_AT_ONCE - 1) yield { of: 'likelihood of purchases', done: place, all: customers.length };
    const [untilNow, untilLast] = [Math.log(alpha + observed), Math.log(alpha + last)];
    const active = -(r + x) * untilNow;
    const left = x === 0 ? Number.NEGATIVE_INFINITY : Math.log(a / (b + x - 1)) - (r + x) * untilLast;
    const now = Math.max(active, left) + Math.log1p(Math.exp(-Math.abs(active - left)));
    const gone = Math.exp(left - now);
    height += buys[0][x]! + r * Math.log(alpha) + stays[0][x]! - either[0][x]! + now;
    byR += buys[1][x]! + Math.log(alpha) - (1 - gone) * untilNow - gone * untilLast;
    byAlpha += r / alpha - (r + x) * ((1 - gone) / (alpha + observed) + gone / (alpha + last));
    byA += gone / a - either[1][x]!;
    byB += stays[1][x]! - either[1][x]! - (x === 0 ? 0 : gone / (b + x - 1));
  }
  return { height, gradient: [byR * r, byAlpha * alpha, byA * a, byB * b] };
}

type Sums = readonly [logarithms: Float64Array, inverses: Float64Array];

/** At each place the sum of all terms before it. */
function sums(most: number, term: (i: number) => number): Float64Array {
  const found = new Float64Array(most + 1);
  for (let i = 0; i < most; i++) found[i + 1] = found[i]! + term(i);
  return found;
}

/** The chance that a customer has not left (after Fader, Hardie: a note on P(alive), 2008); 1 before the first repeat, as none leaves but after one. */
export function chanceAlive({ r, alpha, a, b }: BgNbd, { repeats: x, last, observed }: Purchases): number {
  return x === 0 ? 1 : 1 / (1 + (a / (b + x - 1)) * ((alpha + observed) / (alpha + last)) ** (r + x));
}

/** Purchases expected in the next `ahead` units of time, given what was bought (equation 10); given nothing yet, of somebody who bought for the first time just now (equation 9). */
export function expectedPurchases(model: BgNbd, bought: Purchases, ahead: number): number {
  const { r, alpha, a, b } = model;
  // The formula divides by a - 1: at 1 itself the value is the one between both sides.
  if (Math.abs(a - 1) < 1e-6) return (expectedPurchases({ ...model, a: 1 - 1e-4 }, bought, ahead) + expectedPurchases({ ...model, a: 1 + 1e-4 }, bought, ahead)) / 2;
  const { repeats: x, observed } = bought;
  const until = alpha + observed + ahead;
  const stayed = ((alpha + observed) / until) ** (r + x) * hypergeometric(r + x, b + x, a + b + x - 1, ahead / until);
  return chanceAlive(model, bought) * ((a + b + x - 1) / (a - 1)) * (1 - stayed);
}

/** Gauss's series 2F1(a, b; c; z) for 0 <= z < 1. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let [sum, term] = [1, 1];
  for (let n = 0; n < 1e6 && Math.abs(term) > 1e-15 * Math.abs(sum); n++) sum += term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
  return sum;
}
