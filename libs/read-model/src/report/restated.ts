import { COMPOSITION, type Report, restatedIn, type Superseded } from '#insight';
import { read, type Reading } from '../reading.js';
import { gatherReport, type GatheredReport, type ReportOptions } from './gather.js';
import { explainLate, lateFacts } from './late.js';
import { keptFile, type PublishedReport } from './published.js';

/** How a report is asked for again: at its own position, or with what came since. */
export const askedAgain = (tenant: string, { period, segment, asOf }: PublishedReport): ReportOptions => ({ tenant, period, ...(segment !== undefined && { segment }), asOf });

/** The report as it was published; null where it is no longer kept. */
export async function asPublished({ reader }: Reading, tenant: string, { files }: PublishedReport): Promise<Report | null> {
  const file = files.find(({ format }) => format === 'json');
  const json = file && await read(reader, tenant, (sql) => keptFile(sql, tenant, file.sha256));
  return json ? JSON.parse(json.toString()) as Report : null;
}

/** What a report says otherwise than the one that it takes the place of, and which facts moved it. */
export async function supersededBy(reading: Reading, tenant: string, before: PublishedReport, now: GatheredReport): Promise<Superseded> {
  const { report, at, figures, upTo, knownAt } = before;
  const told = { report, at, figures };
  const apart = (why: string): Superseded => ({ ...told, restated: null, why });
  if (before.asOf !== now.report.asOf) return apart(`${report} tells of the quarter as far as it had come by ${before.asOf}: its figures are not compared.`);
  if (before.composition !== COMPOSITION) return apart(`${report} was put together by another version (${before.composition}): its figures are not compared.`);
  const was = await asPublished(reading, tenant, before);
  if (!was) return apart(`${report} is no longer kept as it was published: its figures are not compared.`);
  const restated = restatedIn(was, now.report);
  if (restated.length === 0) return { ...told, restated, why: null };
  const then = await gatherReport(reading, { ...askedAgain(tenant, before), upTo, knownAt });
  const { late } = await read(reading.reader, tenant, (sql) => lateFacts(sql, tenant, before, now.report.position));
  return { ...told, restated: explainLate(restated, late, { before: then, now }).restated, why: null };
}
