import type { Register } from '../sheet/log.js';
import type { View } from '../view.js';
import { plural } from '../words.js';
import { notKept } from './not-kept.js';
import { newestOf, refs, within, type Reading, type Signal } from './signal.js';
import { unbrokenSince } from './unbroken.js';

/** Days since the last two-way conversation; where there never was one, since the first attempt. */
export const contact: Signal = (view) => {
  const { twoWay, firstTalk } = view.sheet.touch;
  const last = twoWay ?? firstTalk;
  if (!last) return { missing: 'no conversation has been recorded' };
  return daysSince(view, last, 'two-way contact');
};

/** The same with somebody who pays; where there never was one, since the first conversation with anybody. */
export const payerContact: Signal = (view) => {
  const { twoWayWith, firstTalk } = view.sheet.touch;
  const payers = view.contacts.filter(({ role, leftOn }) => leftOn === null && (role === 'payer' || role === 'both'));
  if (!payers.length) return { missing: 'nobody is known to be the payer' };
  const last = payers.map(({ id }) => twoWayWith[`:${id}`]).filter((talk) => talk !== undefined).sort((a, b) => b[0] - a[0] || b[1] - a[1])[0] ?? firstTalk;
  if (!last) return { missing: 'no conversation has been recorded' };
  return daysSince(view, last, 'two-way contact with a payer');
};

/** Days since the last visit or business review. */
export const visits: Signal = (view) => {
  const { visit } = view.sheet.touch;
  return visit ? daysSince(view, visit, 'a visit or business review') : { missing: 'no visit or business review has been recorded' };
};

function daysSince({ day }: View, last: Register, what: string): Reading {
  const value = Math.max(0, day - last[2]);
  return { value, refs: [last[1]], age: value, since: last[2], what: () => (value === 0 ? `${what} today` : `${plural(value, 'day')} without ${what}`) };
}

/** 2: a sponsor who was met in the last 180 days; 1: a sponsor who was not; 0: every sponsor has left. */
export const sponsor: Signal = (view) => {
  const sponsors = view.contacts.filter((someone) => someone.sponsor);
  if (!sponsors.length) return { missing: 'nobody has been named as sponsor' };
  const newest = newestOf(view, 'contact')!;
  const here = sponsors.filter(({ leftOn }) => leftOn === null);
  const said = refs(...(here.length ? here : sponsors).flatMap((someone) => someone.refs));
  if (!here.length) {
    return { value: 0, refs: said, age: newest.age, since: Math.max(...sponsors.map(({ leftOn }) => leftOn!)), what: () => 'a sponsor who left without a successor' };
  }
  const met = here.map(({ id }) => view.sheet.touch.twoWayWith[`:${id}`]).filter((talk) => talk !== undefined);
  const live = met.filter((talk) => within(talk[2], view.day, 180));
  return {
    value: live.length ? 2 : 1, refs: refs(...said, ...met.map((talk) => talk[1])), age: Math.min(newest.age, ...met.map((talk) => Math.max(0, view.day - talk[2]))),
    ...(met.length > 0 && !live.length && { since: Math.max(...met.map((talk) => talk[2])) + 180 }),
    what: () => (live.length ? 'a sponsor met within 180 days' : 'a sponsor not met within 180 days'),
  };
};

/** Promises broken in the last 90 days, and open ones past their date. */
export const promises: Signal = (view) => {
  const newest = newestOf(view, 'promise');
  if (!newest) return { missing: 'no promise has been recorded' };
  const broken = view.promises.filter(({ outcome, day }) => outcome === 'broken' && within(day, view.day, 90));
  const late = view.promises.filter(({ outcome, dueOn }) => outcome === 'open' && dueOn !== null && dueOn < view.day);
  const bad = [...broken, ...late];
  return {
    value: bad.length, age: newest.age, refs: bad.length ? refs(...bad.map(({ n }) => n)) : [newest.ref],
    ...(bad.length > 0 && { since: unbrokenSince(view.promises.map((promise) => notKept(promise, 90)), view.day) }),
    what: () => `${plural(bad.length, 'promise')} broken or overdue`,
  };
};
