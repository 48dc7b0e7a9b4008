import { plural, shareOf } from '../words.js';
import { notKept } from './not-kept.js';
import { refs, within, type Signal } from './signal.js';
import { unbrokenSince } from './unbroken.js';

/** Percent of the goals and outcomes of the last 365 days that are reached or on track. Missed, rejected and overdue ones are not. */
export const goals: Signal = ({ goals: all, day }) => {
  const counted = all.filter((goal) => within(goal.day, day, 365) && !(goal.claimed && goal.outcome === 'open'));
  if (!counted.length) return { missing: 'no goal has been recorded in 365 days' };
  const missed = counted.filter(({ outcome, dueOn }) => outcome === 'broken' || (outcome === 'open' && dueOn !== null && dueOn < day));
  const good = counted.length - missed.length;
  return {
    value: (100 * good) / counted.length, refs: refs(...(missed.length ? missed : counted).map(({ n }) => n)), age: day - Math.max(...counted.map((goal) => goal.day)),
    ...(missed.length > 0 && { since: unbrokenSince(all.filter(({ claimed, outcome }) => !(claimed && outcome === 'open')).map((goal) => notKept(goal, 365)), day) }),
    what: () => (missed.length ? `${shareOf(missed.length, counted.length, 'goal')} missed` : `${plural(good, 'goal')} reached or on track`),
  };
};

/** Days by which the latest deployment, under way or live for at most 90 days, is or was late. A stall counts 30 at least. */
export const deployment: Signal = ({ deployments, day }) => {
  const lateness = deployments
    .filter(({ cancelled, liveOn, plannedOn, stalledOn }) => !cancelled && (liveOn === null || within(liveOn, day, 90)) && (plannedOn !== null || stalledOn !== null))
    .map((one) => {
      const late = one.plannedOn === null ? 0 : Math.max(0, (one.liveOn ?? day) - one.plannedOn);
      return { ...one, late: one.stalledOn !== null && one.liveOn === null ? Math.max(30, late) : late };
    }).sort((a, b) => b.late - a.late || a.refs[0]! - b.refs[0]!);
  const worst = lateness[0];
  if (!worst) return { missing: 'no deployment with a planned date is under way' };
  const stalled = worst.stalledOn !== null && worst.liveOn === null;
  return {
    value: worst.late, refs: refs(...worst.refs), age: Math.max(0, day - worst.lastDay),
    ...(worst.late > 0 && { since: Math.min(stalled ? worst.stalledOn! : Infinity, worst.plannedOn === null ? Infinity : worst.plannedOn + 1) }),
    what: () => (stalled ? 'a stalled deployment' : worst.late ? `a deployment ${plural(worst.late, 'day')} late` : 'a deployment on time'),
  };
};
