import type { Ticket } from '../sheet/ticket.js';
import type { View } from '../view.js';
import { durationWords, figure, plural } from '../words.js';
import { median, newestOf, refs, within, type Signal } from './signal.js';
import { sinceDay, unbrokenSince } from './unbroken.js';

const noTicket = { missing: 'no ticket has been recorded' };
const AGEING = 14;

/** Tickets that are not done, less the average number not done on the 182 days before today (or since the first ticket, at least 28). */
export const openTickets: Signal = (view) => {
  const newest = newestOf(view, 'ticket');
  if (!newest) return noTicket;
  const open = view.tickets.filter(({ state }) => state !== 'done');
  const usual = usualOpen(view.tickets, view.day);
  return {
    value: open.length - usual, age: newest.age, refs: open.length ? refs(...open.map(({ lastRef }) => lastRef)) : [newest.ref],
    sinceWhile: sinceDay(view.day, (day) => openOn(view.tickets, day) - usualOpen(view.tickets, day)), what: () => `${plural(open.length, 'open ticket')} (usual: ${figure(usual)})`,
  };
};

function openOn(tickets: View['tickets'], day: number): number {
  return tickets.filter(({ spans }) => spans.some(([from, to]) => from <= day && (to === null || to > day))).length;
}

function usualOpen(tickets: View['tickets'], day: number): number {
  const first = Math.min(day, ...tickets.map(({ openedOn }) => openedOn));
  const length = Math.max(28, Math.min(182, day - first));
  let days = 0;
  for (const { spans } of tickets) {
    for (const [from, to] of spans) days += Math.max(0, Math.min(to ?? day, day) - Math.max(from, day - length));
  }
  return Math.round((10 * days) / length) / 10;
}

/** Open tickets that have been worked on, pauses left out, for more than 14 days. */
export const ageingTickets: Signal = (view) => {
  const newest = newestOf(view, 'ticket');
  if (!newest) return noTicket;
  const old = view.tickets.filter((ticket) => ticket.state === 'open' && daysWorked(ticket, view.day) > AGEING);
  const since = unbrokenSince(view.tickets.map(agedFrom), view.day);
  return {
    value: old.length, age: newest.age, refs: old.length ? refs(...old.map(({ openedRef }) => openedRef)) : [newest.ref], ...(old.length > 0 && { since }),
    what: () => `${plural(old.length, 'ticket')} open for more than ${AGEING} days`,
  };
};

const daysWorked = (ticket: Ticket, day: number): number => ticket.daysWorked + (day - ticket.since);

/** From when until when a ticket was old, in the last span in which it was open. */
function agedFrom({ spans, since, state, daysWorked: worked }: Ticket): [from: number, to: number] {
  return [Math.max(spans[spans.length - 1]![0], since - worked + AGEING + 1), state === 'open' ? Infinity : since - 1];
}

/** Reopenings in the last 30 days, less the usual number per 30 days in the 180 days before. */
export const reopened: Signal = (view) => {
  const newest = newestOf(view, 'ticket');
  if (!newest) return noTicket;
  const { day } = view;
  const touched = view.tickets.filter(({ reopenings }) => reopenings.length);
  const all = touched.flatMap(({ reopenings }) => reopenings);
  const on = (date: number) => all.filter((entry) => within(entry[2], date, 30));
  const usualOn = (date: number) => Math.round((10 * all.filter((entry) => within(entry[2], date - 30, 180)).length) / 6) / 10;
  const recent = on(day);
  const tickets = touched.filter(({ reopenings }) => reopenings.some((entry) => within(entry[2], day, 30))).length;
  const usual = usualOn(day);
  return {
    value: recent.length - usual, age: newest.age, refs: recent.length ? refs(...recent.map((entry) => entry[1])) : [newest.ref],
    sinceWhile: sinceDay(day, (date) => on(date).length - usualOn(date)),
    what: () => `${plural(tickets, 'ticket')} reopened ${recent.length > tickets ? `${recent.length} times ` : ''}in 30 days (usual: ${figure(usual)})`,
  };
};

/** Escalations in the last 60 days. */
export const escalated: Signal = (view) => {
  const newest = newestOf(view, 'ticket');
  if (!newest) return noTicket;
  const all = view.tickets.flatMap(({ escalations }) => escalations);
  const recent = all.filter((entry) => within(entry[2], view.day, 60));
  return {
    value: recent.length, age: newest.age, refs: recent.length ? refs(...recent.map((entry) => entry[1])) : [newest.ref],
    ...(recent.length > 0 && { since: unbrokenSince(all.map((entry) => [entry[2], entry[2] + 59]), view.day) }), what: () => `${plural(recent.length, 'escalation')} in 60 days`,
  };
};

/** Tickets with a target that was missed in the last 60 days. */
export const slaMissed: Signal = (view) => {
  const newest = newestOf(view, 'ticket');
  if (!newest) return noTicket;
  const recent = view.missed.map((targets) => targets.filter((entry) => within(entry[2], view.day, 60))).filter((targets) => targets.length);
  return {
    value: recent.length, age: newest.age, refs: recent.length ? refs(...recent.flat().map((entry) => entry[1])) : [newest.ref],
    ...(recent.length > 0 && { since: unbrokenSince(view.missed.flat().map((entry) => [entry[2], entry[2] + 59]), view.day) }),
    what: () => `${plural(recent.length, 'ticket')} with a missed target in 60 days`,
  };
};

/** Median time to resolve of the last 60 days, pauses left out, in percent of the median of the 300 days before. */
export const resolveTime: Signal = ({ tickets, day }) => {
  const done = tickets.filter(({ state, doneOn, worked }) => state === 'done' && doneOn !== null && worked > 0);
  const recent = done.filter(({ doneOn }) => within(doneOn!, day, 60));
  const before = done.filter(({ doneOn }) => within(doneOn!, day - 60, 300));
  if (!recent.length) return { missing: 'no ticket was resolved in 60 days' };
  if (before.length < 5) return { missing: 'there are fewer than five earlier resolutions to compare with' };
  const hours = (list: typeof done) => median(list.map(({ worked }) => worked)) / 3_600_000;
  const [now, usual] = [hours(recent), hours(before)];
  const valueOn = (date: number) => {
    const [latest, earlier] = [done.filter(({ doneOn }) => within(doneOn!, date, 60)), done.filter(({ doneOn }) => within(doneOn!, date - 60, 300))];
    return latest.length && earlier.length >= 5 ? (100 * hours(latest)) / hours(earlier) : null;
  };
  return {
    value: (100 * now) / usual, refs: refs(...recent.map(({ lastRef }) => lastRef)), age: Math.min(...recent.map(({ doneOn }) => day - doneOn!)),
    sinceWhile: sinceDay(day, valueOn), what: () => `a median time to resolve of ${durationWords(now)} (usual: ${durationWords(usual)})`,
  };
};

/** Outages of the last 30 days without an announced end: 2 for each that still runs (also past its announced end), 1 for each that is over. */
export const outages: Signal = (view) => {
  const newest = newestOf(view, 'outage');
  if (!newest) return { missing: 'no outage has been recorded' };
  const { day } = view;
  const running = view.outages.filter(({ resolvedOn, announcedFor }) => resolvedOn === null && (announcedFor === null || announcedFor < day));
  const over = view.outages.filter(({ resolvedOn, announcedFor }) => resolvedOn !== null && announcedFor === null && within(resolvedOn, day, 30));
  const bad = [...running, ...over];
  return {
    value: 2 * running.length + over.length, age: newest.age, refs: bad.length ? refs(...bad.flatMap((outage) => outage.refs)) : [newest.ref],
    ...(bad.length > 0 && { since: unbrokenSince(view.outages.map(unannounced), day) }),
    what: () => (running.length ? `${plural(running.length, 'running outage')} without a valid end time` : `${plural(over.length, 'outage')} without an end time in 30 days`),
  };
};

/** From when until when an outage had no valid announced end, or was remembered for that. */
function unannounced({ startedOn, resolvedOn, announcedFor }: View['outages'][number]): [from: number, to: number] {
  if (announcedFor === null) return [startedOn, resolvedOn === null ? Infinity : resolvedOn + 29];
  return [announcedFor + 1, resolvedOn === null ? Infinity : resolvedOn - 1];
}
