import { MEASUREMENT, said } from '../sheet/customer.js';
import { figure } from '../words.js';
import type { Signal } from './signal.js';

/** The latest figure that was recorded under a name, as it stands since then; of who is merged into the customer only where the customer has none of that name. */
export const measurement = (name: string): Signal => ({ sheet, day }) => {
  const [, n, on, value] = said(sheet, MEASUREMENT + name) ?? [];
  if (n === undefined || on === undefined || typeof value !== 'number') return { missing: `no ${name} has been recorded` };
  return { value, refs: [n], age: Math.max(0, day - on), since: on, what: () => `${name} of ${small(value)}` };
};

/** Below 1 two digits that count, so that 0.04 does not read as none. */
const small = (value: number): string => (Math.abs(value) < 1 ? String(Number(value.toPrecision(2))) : figure(value));
