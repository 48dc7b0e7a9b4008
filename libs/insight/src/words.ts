import { dateOfDay } from './day.js';

const months = ['Jan.', 'Feb.', 'Mar.', 'Apr.', 'May', 'Jun.', 'Jul.', 'Aug.', 'Sep.', 'Oct.', 'Nov.', 'Dec.'];

/** "1 ticket", "3 tickets", "no tickets"; `many` where an s does not do. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? `no ${many}` : `${figure(count)} ${count === 1 ? one : many}`;
}

/** A number with at most one decimal, never "-0". */
export function figure(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

/** Hundredths as "12 points", "0.4 points", "under 0.1 points". */
export function pointsWords(hundredths: number): string {
  const points = Math.abs(hundredths) / 100;
  return points < 0.05 ? 'under 0.1 points' : plural(Math.round(points * 10) / 10, 'point');
}

/** "2 Nov.", with the year where it is not that of `today`. */
export function dateWords(day: number, today: number): string {
  const [year, month, date] = dateOfDay(day).split('-').map(Number) as [number, number, number];
  return `${date} ${months[month - 1]}${dateOfDay(today).startsWith(String(year)) ? '' : ` ${year}`}`;
}

/** A length of time in hours, in days from three days on. */
export function durationWords(hours: number): string {
  return hours < 72 ? plural(Math.round(hours * 10) / 10, 'hour') : plural(Math.round(hours / 2.4) / 10, 'day');
}

/** Capital letter in front, one full stop behind. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');
}
