import type { ChurnRisk } from '#insight';

type Explained = NonNullable<ChurnRisk['explained']>;

const SCALE = 10_000;

/** What makes the log-odds, in ten-thousandths that sum exactly; the rest of the rounding goes to the part that is the largest. */
export function roundedParts({ base, drivers, calibration, logOdds }: Pick<Explained, 'base' | 'drivers' | 'calibration' | 'logOdds'>): { base: number; drivers: number[]; calibration: number; logOdds: number } {
  const exact = [base, calibration, ...drivers.map((driver) => driver.logOdds)];
  const whole = exact.map((part) => Math.round(SCALE * part));
  const total = Math.round(SCALE * logOdds);
  const largest = exact.reduce((best, part, place) => (Math.abs(part) > Math.abs(exact[best]!) ? place : best), 0);
  whole[largest]! += total - whole.reduce((sum, part) => sum + part, 0);
  const [first, second, ...others] = whole.map((part) => part / SCALE + 0);
  return { base: first!, calibration: second!, drivers: others, logOdds: total / SCALE + 0 };
}

/** A chance as programs get it: ten-thousandths. */
export const chance = (exact: number): number => Math.round(SCALE * exact) / SCALE;
