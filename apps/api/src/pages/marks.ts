import { dateOfDay, type DayOf, dayOfDate } from '#insight';
import type { DifferenceAnswer } from '#read-model';

/** A day on which events moved the score. */
export interface Mark {
  readonly date: string;
  /** What all its events brought or cost. */
  readonly points: number;
  /** The sentence of the event that moved most. */
  readonly say: string;
  readonly more: number;
}

const MOST = 6;
const APART = 3;

/** The days whose events moved the score most, in order, none within three days of a greater one, so that they can be drawn. */
export function marksOf(lines: DifferenceAnswer['lines'], dayOf: DayOf): Mark[] {
  const days = new Map<number, { points: number; say: string; most: number; count: number }>();
  for (const { event, points, say } of lines) {
    if (!event) continue;
    const day = dayOf(event.occurredAt);
    const { points: sum, say: told, most, count } = days.get(day) ?? { points: 0, say, most: -1, count: 0 };
    const greater = Math.abs(points) > most;
    days.set(day, { points: sum + points, say: greater ? say : told, most: Math.max(most, Math.abs(points)), count: count + 1 });
  }
  const chosen: Mark[] = [];
  for (const [day, { points, say, count }] of [...days].sort(([a, one], [b, other]) => Math.abs(other.points) - Math.abs(one.points) || a - b)) {
    const free = chosen.every(({ date }) => Math.abs(dayOfDate(date) - day) > APART);
    if (free && chosen.length < MOST && Math.abs(points) >= 1) chosen.push({ date: dateOfDay(day), points: Math.round(points * 100) / 100, say, more: count - 1 });
  }
  return chosen.sort((a, b) => (a.date < b.date ? -1 : 1));
}
