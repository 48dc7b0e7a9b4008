import type { BandMoves } from '#read-model';
import { counted } from '../text/figures.js';

/** Who came from which band into which, a line each. */
export function effectLines(effect: BandMoves | null): string[] {
  if (!effect) return ['The score that counts stays as it is.'];
  const { customers, held, changed, better, worse, bands } = effect;
  return [
    `Of ${counted(customers, 'customer')}, ${changed === 0 ? 'nobody changes' : `${changed} change`} band${changed === 0 ? '' : `: ${better} for the better, ${worse} for the worse`}.`,
    ...bands.map((move) => `  ${move.from} -> ${move.to}: ${move.customers}`),
    ...(held > 0 ? [`  ${counted(held, 'customer')} left out, of whom a fact cannot be read: npx touchline projections parked`] : []),
  ];
}
