import type { Database } from '#event-store';
import { takesThePlaceOf } from '#insight';
import type { DataFor } from '#journey';
import { gatherReport, type ReportOptions } from './gather.js';
import type { Reading } from '../reading.js';
import { hashOfFigures, type PublishedReport, sha256 } from './published.js';
import { REPORT_FORMATS, renderReport, type ReportFormat } from './render/render.js';
import { supersededBy } from './restated.js';

export const FORMATS = Object.keys(REPORT_FORMATS) as ReportFormat[];

/** Makes all files of a report and keeps them; what the fact that publishes it says, but for its id. `before`: the report that it takes the place of. A file that is kept and never published does no harm: it is named by what it holds. */
export async function keepReport(reading: Reading, worker: Database, options: ReportOptions, before: PublishedReport | null): Promise<Omit<DataFor<'company.report-published'>, 'report'>> {
  const gathered = await gatherReport(reading, options);
  const report = before ? takesThePlaceOf(gathered.report, await supersededBy(reading, options.tenant, before, gathered)) : gathered.report;
  const files = [];
  for (const format of FORMATS) {
    const bytes = await renderReport(report, format);
    const hash = sha256(bytes);
    await worker.statements((sql) => sql.query('insert into report_file (tenant, sha256, content) values ($1, $2, $3) on conflict do nothing', [options.tenant, hash, bytes]));
    files.push({ format, sha256: hash, bytes: bytes.length });
  }
  const { period, segment, position, knownAt, asOf, composition } = report;
  return {
    period, ...(segment !== null && { segment }), upTo: position, knownAt, asOf, composition, figures: hashOfFigures(report), files, ...(before && { supersedes: { report: before.report, figures: before.figures, at: before.at } }),
  };
}

const ATTEMPTS = 5;

export interface Publishing<D, T> {
  readonly list: () => Promise<readonly PublishedReport[]>;
  readonly period: string;
  readonly segment: string | null;
  /** Makes the report that takes the place of another one, or of none. */
  readonly make: (before: PublishedReport | null) => Promise<D>;
  /** Appends the fact that says so under its number, or returns null where somebody was faster, who then has the number. */
  readonly say: (report: string, data: D) => Promise<T | null>;
}

/** Publishes under the next number of the quarter. @returns null where others are faster again and again */
export async function publishNext<D, T>({ list, period, segment, make, say }: Publishing<D, T>): Promise<{ readonly report: string; readonly said: T } | null> {
  let made: { readonly instead: string | undefined; readonly data: D } | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const own = (await list()).filter((one) => one.period === period);
    const before = own.find((one) => (one.segment ?? null) === segment) ?? null;
    if (!made || made.instead !== before?.report) made = { instead: before?.report, data: await make(before) };
    const report = `${period}-${own.length + 1}`;
    const said = await say(report, made.data);
    if (said !== null) return { report, said };
  }
  return null;
}
