import { dateOfDay, dayOfDate } from '../day.js';

/** A quarter of the calendar, such as 2026-Q3. Days are whole days since 1970-01-01, both included. */
export interface Quarter {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** @returns null for text that names no quarter */
export function quarterOf(name: string): Quarter | null {
  const [, year, number] = /^(\d{4})-Q([1-4])$/.exec(name) ?? [];
  return year === undefined || number === undefined ? null : quarterAt(Number(year) * 4 + Number(number) - 1);
}

/** The quarter that a day lies in. */
export function quarterOfDay(day: number): Quarter {
  const [year, month] = dateOfDay(day).split('-').map(Number) as [number, number, number];
  return quarterAt(year * 4 + Math.floor((month - 1) / 3));
}

/** So many quarters later; earlier for a negative number. */
export const quarterAfter = ({ name }: Quarter, count: number): Quarter => quarterAt(Number(name.slice(0, 4)) * 4 + Number(name.slice(6)) - 1 + count);

function quarterAt(index: number): Quarter {
  const begin = (at: number) => dayOfDate(`${String(Math.floor(at / 4)).padStart(4, '0')}-${String((at % 4) * 3 + 1).padStart(2, '0')}-01`);
  return { name: `${String(Math.floor(index / 4)).padStart(4, '0')}-Q${(index % 4) + 1}`, from: begin(index), to: begin(index + 1) - 1 };
}
