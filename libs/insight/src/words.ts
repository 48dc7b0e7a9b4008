import { dateAt } from './day.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "1 ticket", "3 tickets", "no tickets"; `many` where an s does not do. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? `no ${many}` : `${figure(count)} ${count === 1 ? one : many}`;
}

/** "1 survey", "both surveys", "all 3 surveys", "2 of 3 surveys", "none of 3 surveys". */
export function shareOf(part: number, total: number, one: string): string {
  if (part === total) return total === 1 ? `1 ${one}` : total === 2 ? `both ${one}s` : `all ${total} ${one}s`;
  return `${part === 0 ? 'none' : part} of ${plural(total, one)}`;
}

/** A number with at most one decimal, thousands apart, never "-0": "1,146". */
export function figure(value: number): string {
  return String(Math.round(value * 10) / 10 + 0).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

/** Hundredths as "12 points", "0.4 points", "under 0.1 points". */
export function pointsWords(hundredths: number): string {
  const points = Math.abs(hundredths) / 100;
  return points < 0.05 ? 'under 0.1 points' : plural(Math.round(points * 10) / 10, 'point');
}

/** A chance as "31 %", below 10 % as "4.2 %"; nothing is quite sure: "over 99 %", "under 0.1 %". */
export function percentWords(chance: number): string {
  if (chance > 0.99 && chance < 1) return 'over 99 %';
  if (chance > 0 && chance < 0.001) return 'under 0.1 %';
  return `${chance < 0.095 ? Math.round(1000 * chance) / 10 : Math.round(100 * chance)} %`;
}

/** "2 Nov", with the year where it is not that of `today`. */
export function dateWords(day: number, today: number): string {
  const date = dateAt(day);
  const year = date.getUTCFullYear();
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}${year === dateAt(today).getUTCFullYear() ? '' : ` ${year}`}`;
}

/** A length of time in hours, in days from three days on. */
export function durationWords(hours: number): string {
  return hours < 72 ? plural(Math.round(hours * 10) / 10, 'hour') : plural(Math.round(hours / 2.4) / 10, 'day');
}

/** The words of a label within a sentence. */
export const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

/** Capital letter in front, one full stop behind. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');
}
