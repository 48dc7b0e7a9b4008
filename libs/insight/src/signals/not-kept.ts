import type { Pledge } from '../sheet/pledge.js';

/** From when until when a promise or goal counts as not kept: overdue until it is met, once broken for so many days. */
export function notKept({ outcome, dueOn, day }: Pledge, days: number): [from: number, to: number] {
  const lateFrom = dueOn === null ? Infinity : dueOn + 1;
  if (outcome === 'broken') return [Math.min(lateFrom, day), day + days - 1];
  return [lateFrom, outcome === 'open' ? Infinity : day - 1];
}
