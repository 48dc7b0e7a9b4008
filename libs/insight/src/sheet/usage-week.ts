import { remembered } from './log.js';
import type { Report, UsageSheet } from './usage.js';

/** One product's use in one week. Figures that were never reported are null. */
export interface ProductWeek {
  /** As the week's last report says. */
  readonly licensed: number | null;
  /** The busiest report of the week, so that a weekend does not look like a collapse. */
  readonly active: number | null;
  /** Volume per day covered. */
  readonly daily: number | null;
  readonly features: readonly string[];
  /** The last day that a report covers. */
  readonly to: number;
  readonly refs: readonly number[];
}

export interface UsageWeek {
  readonly week: number;
  readonly products: ReadonlyMap<string, ProductWeek>;
}

const weeksOf = remembered<readonly Report[], UsageWeek>((week, reports) => ({ week: Number(week), products: byProduct(reports) }));

/** The weeks with reports, earliest first. */
export const usageWeeksOf = ({ weeks }: UsageSheet): UsageWeek[] => weeksOf(weeks).sort((a, b) => a.week - b.week);

function byProduct(reports: readonly Report[]): Map<string, ProductWeek> {
  const products = new Map<string, Report[]>();
  for (const report of reports) products.set(report[2], [...(products.get(report[2]) ?? []), report]);
  return new Map([...products].map(([product, list]) => [product, summaryOf(list)]));
}

function summaryOf(reports: readonly Report[]): ProductWeek {
  const licensed = reports.map((report) => report[5]).filter((count) => count !== null);
  const active = reports.map((report) => report[6]).filter((count) => count !== null);
  const measured = reports.filter((report) => report[7] !== null);
  const volume = measured.reduce((sum, report) => sum + report[7]!, 0);
  const days = measured.reduce((sum, report) => sum + report[0] - report[1] + 1, 0);
  return {
    licensed: licensed[licensed.length - 1] ?? null,
    active: active.length ? Math.max(...active) : null,
    daily: measured.length ? volume / days : null,
    features: [...new Set(reports.flatMap((report) => report[8]))],
    to: reports[reports.length - 1]![0],
    refs: reports.map((report) => report[4]),
  };
}
