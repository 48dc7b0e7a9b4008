const { floor, imul } = Math;

/** Chance that can be had again: the same seed tells the same numbers on every machine. */
export interface Random {
  /** At least 0, below 1, in steps of 2^-53. */
  next(): number;
  /** A whole number from 0 to `count` - 1, each as likely. */
  below(count: number): number;
}

const WORD = 2 ** 32;
/** 6364136223846793005 in two words. */
const [FACTOR_HIGH, FACTOR_LOW] = [0x5851f42d, 0x4c957f2d];

/** PCG32: XSH RR 64/32 of M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation" (2014), pcg-random.org. */
export function randomOf(seed: number, stream = 0): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`a seed is a whole number from 0 on, not ${seed}`);
  const word = wordsOf(seed, stream);
  return {
    next: () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53,
    below: (count) => {
      // What is over the last whole multiple is drawn again, else small numbers came more often.
      for (const least = WORD % count; ;) {
        const drawn = word();
        if (drawn >= least) return drawn % count;
      }
    },
  };
}

/** The generator itself: whole numbers below 2^32. The state is kept in two words. */
export function wordsOf(seed: number, stream: number): () => number {
  let [high, low] = [0, 0];
  const [addHigh, addLow] = [(stream / 2 ** 31) >>> 0, ((stream << 1) | 1) >>> 0];
  const add = (moreHigh: number, moreLow: number) => {
    const sum = low + moreLow;
    low = sum >>> 0;
    high = (high + moreHigh + (sum >= WORD ? 1 : 0)) >>> 0;
  };
  const step = () => {
    high = (carryOf(low, FACTOR_LOW) + imul(high, FACTOR_LOW) + imul(low, FACTOR_HIGH)) >>> 0;
    low = imul(low, FACTOR_LOW) >>> 0;
    add(addHigh, addLow);
  };
  step();
  add(floor(seed / WORD), seed >>> 0);
  step();
  return () => {
    // Of the old state: its upper 37 bits mixed (xorshift), then turned by its upper 5 bits.
    const mixed = ((low >>> 27) | ((high ^ (high >>> 18)) << 5)) ^ ((low >>> 18 | high << 14) >>> 27);
    const turn = high >>> 27;
    step();
    return ((mixed >>> turn) | (mixed << (-turn & 31))) >>> 0;
  };
}

/** The upper word of a product of two words. */
function carryOf(one: number, other: number): number {
  const [a, b, c, d] = [one >>> 16, one & 0xffff, other >>> 16, other & 0xffff];
  const middle = a * d + ((b * d) >>> 16);
  return a * c + floor(middle / 65_536) + floor(((middle % 65_536) + b * c) / 65_536);
}
