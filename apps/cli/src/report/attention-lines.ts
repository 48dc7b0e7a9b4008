import { percentWords } from '#insight';
import type { AttentionAnswer } from '#read-model';
import { counted } from '../text/figures.js';

/** A line for each quarter. */
export function attentionLines({ from, to, quarters, total, coverage }: AttentionAnswer): string[] {
  const words = ({ share, minutes, onCustomers, n, missing }: Pick<AttentionAnswer['quarters'][number], 'share' | 'minutes' | 'onCustomers' | 'n'> & { readonly missing: string | null }) => (
    share === null ? missing ?? '' : `${percentWords(share)}: ${onCustomers} of ${counted(minutes, 'minute')} in ${counted(n, 'meeting')}`);
  return [
    `Time of the board and of the management on customers, ${from} to ${to}; meetings are recorded of ${coverage.measured} of ${counted(coverage.of, 'quarter')}.`,
    ...quarters.map((quarter) => `  ${quarter.quarter}  ${words(quarter)}${quarter.bodies.length > 1 ? `; ${quarter.bodies.map(({ body, share }) => `${body} ${share === null ? 'not measured' : percentWords(share)}`).join(', ')}` : ''}`),
    ...(total.share === null ? [] : [`  all      ${words({ ...total, missing: null })}`]),
  ];
}
