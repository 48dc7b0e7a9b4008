import { createHash } from 'node:crypto';
import type { Database, Sql } from '#event-store';
import { figuresIn, type Progress, type Report } from '#insight';
import { canonical, type DataFor, type JourneyEvent } from '#journey';
import { gatheringReport, gatherReport, type ReportOptions } from './gather.js';
import type { Reading } from '../reading.js';
import { REPORT_FORMATS, renderReport, type ReportFormat } from './render/render.js';

export type PublishedReport = DataFor<'company.report-published'> & { readonly at: string; readonly by: string };

export const FORMATS = Object.keys(REPORT_FORMATS) as ReportFormat[];

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Of the figures alone, whatever the files look like. */
export const hashOfFigures = (report: Report): string => sha256(canonical(figuresIn(report)));

type Kept = Omit<DataFor<'company.report-published'>, 'report'>;

/** Makes all files of a report and keeps them; what the fact that publishes it says, but for its id. A file that is kept and never published does no harm: it is named by what it holds. */
export async function keepReport(reading: Reading, worker: Database, options: ReportOptions): Promise<Kept> {
  return keep(worker, options.tenant, (await gatherReport(reading, options)).report);
}

/** The same, saying now and then how far it is. */
export async function* keepingReport(reading: Reading, worker: Database, options: ReportOptions): AsyncGenerator<Progress, Kept, void> {
  return keep(worker, options.tenant, (yield* gatheringReport(reading, options)).report);
}

async function keep(worker: Database, tenant: string, report: Report): Promise<Kept> {
  const files = [];
  for (const format of FORMATS) {
    const bytes = await renderReport(report, format);
    const hash = sha256(bytes);
    await worker.statements((sql) => sql.query('insert into report_file (tenant, sha256, content) values ($1, $2, $3) on conflict do nothing', [tenant, hash, bytes]));
    files.push({ format, sha256: hash, bytes: bytes.length });
  }
  const { period, segment, position, knownAt, asOf, composition } = report;
  return { period, ...(segment !== null && { segment }), upTo: position, knownAt, asOf, composition, figures: hashOfFigures(report), files };
}

/** The bytes that were kept under a hash; null where none were, or they are no longer what they were. */
export async function keptFile(sql: Sql, tenant: string, hash: string): Promise<Buffer | null> {
  const [row] = await sql.query<{ content: Buffer }>('select content from report_file where tenant = $1 and sha256 = $2', [tenant, hash]);
  return row && sha256(row.content) === hash ? row.content : null;
}

/** What was published, the newest first. */
export const publishedIn = (facts: readonly JourneyEvent[]): PublishedReport[] => facts.filter(({ type }) => type === 'company.report-published')
  .map(({ data, occurredAt, actor }) => ({ ...data as unknown as DataFor<'company.report-published'>, at: occurredAt, by: actor.id })).toReversed();

const ATTEMPTS = 5;

/** Publishes under the next number of the quarter: `say` appends the fact that says so under it, or returns null where somebody was faster, who then has the number. @returns null where others are faster again and again */
export async function publishNext<T>(list: () => Promise<readonly PublishedReport[]>, period: string, say: (report: string) => Promise<T | null>): Promise<{ readonly report: string; readonly said: T } | null> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const report = `${period}-${(await list()).filter((one) => one.period === period).length + 1}`;
    const said = await say(report);
    if (said !== null) return { report, said };
  }
  return null;
}
