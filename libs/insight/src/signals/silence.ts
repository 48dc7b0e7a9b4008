import { plural } from '../words.js';
import type { Signal } from './signal.js';

/** Days since the last sign of life: use, a ticket opened or answered by the customer, an answer. Without any, since the first subscription. */
export const silence: Signal = ({ sheet, subscriptions, day }) => {
  const signs = Object.values(sheet.touch.signs).sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  const starts = subscriptions.filter(({ state }) => state !== 'ended').map(({ startedOn, startedRef }) => ({ on: startedOn, ref: startedRef })).sort((a, b) => a.on - b.on || a.ref - b.ref);
  const last = signs[0] ? { on: signs[0][2], ref: signs[0][1] } : starts[0];
  if (!last) return { missing: 'no use, ticket or answer has been recorded' };
  const value = Math.max(0, day - last.on);
  return {
    value, refs: [last.ref], age: value, since: last.on,
    what: () => (value === 0 ? 'use, a ticket or an answer today' : `${plural(value, 'day')} without use, tickets or answers`),
  };
};
