import { seatStepsOf, type SeatStep } from '../sheet/subscription.js';
import { figure, plural } from '../words.js';
import { refs, within, type Signal } from './signal.js';
import { sinceDay } from './unbroken.js';

const BACK = 180;

/** Percent by which the seats of running subscriptions differ from those of 180 days ago. */
export const seatGrowth: Signal = ({ sheet, day }) => {
  const all = seatStepsOf(sheet.logs.subscription);
  const steps = all.flat().sort((a, b) => a.day - b.day || a.n - b.n);
  const newest = steps[steps.length - 1];
  if (!newest) return { missing: 'no subscription names seats' };
  const growthOn = (date: number) => growth(seatsOn(all, date - BACK), seatsOn(all, date));
  const [value, now] = [growthOn(day), seatsOn(all, day)];
  if (value === null) return { missing: `no seats were paid for ${BACK} days ago` };
  const lately = steps.filter((step) => within(step.day, day, BACK));
  return {
    value, refs: refs(...(lately.length ? lately : [newest]).map(({ n }) => n)), age: Math.max(0, day - newest.day), sinceWhile: sinceDay(day, growthOn),
    what: () => `${plural(now, 'seat')}${value === 0 ? ', as many as' : `, ${figure(Math.abs(value))} % ${value < 0 ? 'fewer' : 'more'} than`} ${BACK} days ago`,
  };
};

const growth = (before: number, now: number): number | null => (before > 0 ? 100 * (now / before - 1) : null);

/** Of each subscription what its last step up to that day says. */
const seatsOn = (all: readonly (readonly SeatStep[])[], day: number): number => all.reduce((sum, steps) => sum + (steps.findLast((step) => step.day <= day)?.seats ?? 0), 0);
