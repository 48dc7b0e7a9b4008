import type { Contradiction } from '../event-type.js';

/** Where answers of a question lie, and what counts as what. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly bar?: number;
  readonly excellentFrom?: number;
}

/** What cannot be true of a scale. */
export function flawsOfScale({ min, max, bar, excellentFrom }: Scale): Contradiction[] {
  if (min >= max) return [{ path: ['max'], message: `the best answer (${max}) must be above the worst (${min})` }];
  const outside = Object.entries({ bar, excellentFrom }).flatMap(([name, value]): Contradiction[] =>
    (value === undefined || (value >= min && value <= max) ? [] : [{ path: [name], message: `${value} is not on the scale from ${min} to ${max}` }]));
  const crossed = bar !== undefined && excellentFrom !== undefined && bar > excellentFrom;
  return [...outside, ...(crossed ? [{ path: ['bar'], message: `an answer cannot be below the bar (${bar}) and excellent (from ${excellentFrom})` }] : [])];
}
