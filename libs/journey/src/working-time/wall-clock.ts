import { IANAZone } from 'luxon';

const MINUTE = 60_000;
const DAY = 86_400_000;

export const isZone = (name: string): boolean => IANAZone.isValidZone(name);

/** @throws RangeError when there is no such time zone */
export function zoneNamed(name: string): IANAZone {
  const zone = IANAZone.create(name);
  if (!zone.isValid) throw new RangeError(`"${name}" is not a time zone; a time zone looks like Europe/Berlin`);
  return zone;
}

/** Which day it is there, as a number of days since 1970-01-01. */
export const dayAt = (zone: IANAZone, instant: number): number => Math.floor((instant + offsetAt(zone, instant)) / DAY);

/**
 * The first moment of that day at which the clock on the wall shows this many minutes after midnight, or more.
 * So what a clock shows twice counts from the first time on, what it skips is the moment at which it skips, and a later time of a day is never an earlier moment.
 */
export function momentOf(zone: IANAZone, day: number, minutes: number): number {
  const wall = day * DAY + minutes * MINUTE;
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  if (before === after) return wall - before;
  if (offsetAt(zone, wall - before) === before) return wall - before;
  if (offsetAt(zone, wall - after) === after) return wall - after;
  return changeBetween(zone, wall - after, wall - before);
}

/** The first moment after `from`, up to `to`, that has the offset of `to`. */
function changeBetween(zone: IANAZone, from: number, to: number): number {
  const offset = offsetAt(zone, to);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

const offsetAt = (zone: IANAZone, instant: number): number => Math.round(zone.offset(instant) * MINUTE);
