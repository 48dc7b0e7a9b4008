import { weekOf } from '../day.js';
import { dayIn, number, text, type Fact } from './fact.js';
import { isNewer, type Register } from './log.js';

const WEEKS = 60;

/** One report of use: its period (days), product, when it was said and by which event, and the figures. */
export type Report = readonly [
  to: number, from: number, product: string, at: number, n: number,
  licensed: number | null, active: number | null, volume: number | null, features: readonly string[],
];

export interface UsageSheet {
  /** Reports by the week in which their period ends; the latest 60 weeks. A report for the same period and product replaces the earlier one. */
  weeks: Record<string, readonly Report[]>;
  lastWeek?: number;
  /** Features that were said to be adopted. */
  adopted: Record<string, Register>;
}

export function addUsage(sheet: UsageSheet, fact: Fact): void {
  const { data, what, day, dayOf } = fact;
  const feature = text(data['feature']);
  if (what === 'feature-adopted' && feature && isNewer(fact, sheet.adopted[`:${feature}`])) sheet.adopted[`:${feature}`] = [fact.at, fact.n, day];
  if (what !== 'reported') return;
  // A period that ends long after it was reported is a slip; it must not push out the real weeks.
  const to = Math.min(dayIn(data['to'], dayOf) ?? day, day + 31);
  const features = Array.isArray(data['features']) ? data['features'].filter((code): code is string => typeof code === 'string').sort() : [];
  const from = Math.min(dayIn(data['from'], dayOf) ?? to, to);
  keep(sheet, [to, from, text(data['product']) ?? '', fact.at, fact.n,
    number(data['licensed']) ?? null, number(data['active']) ?? null, number(data['volume']) ?? null, [...new Set(features)]]);
}

function keep(sheet: UsageSheet, report: Report): void {
  const week = weekOf(report[0]);
  const last = Math.max(sheet.lastWeek ?? week, week);
  if (week <= last - WEEKS) return;
  if (last !== sheet.lastWeek) for (const key of Object.keys(sheet.weeks)) if (Number(key) <= last - WEEKS) delete sheet.weeks[key];
  sheet.lastWeek = last;
  const reports = sheet.weeks[week] ?? [];
  const twin = reports.find((other) => other[0] === report[0] && other[1] === report[1] && other[2] === report[2]);
  if (twin && (twin[3] > report[3] || (twin[3] === report[3] && twin[4] >= report[4]))) return;
  sheet.weeks[week] = [...reports.filter((other) => other !== twin), report].sort(byPeriod);
}

const byPeriod = (a: Report, b: Report): number => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
