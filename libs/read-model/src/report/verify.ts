import { COMPOSITION, type Restated, restatedIn } from '#insight';
import { read, type Reading } from '../reading.js';
import { gatherReport } from './gather.js';
import { explainLate, type LateFact, lateFacts } from './late.js';
import { hashOfFigures, keptFile, type PublishedReport } from './published.js';
import { askedAgain, asPublished } from './restated.js';

export interface ReportVerified {
  readonly report: string;
  /** Whether its figures, worked out again from the facts up to its position, are the same. Null: it was put together by another version, which is no longer worked out. */
  readonly same: boolean | null;
  /** What comes out otherwise; empty where all is the same. */
  readonly differences: readonly Restated[];
  /** Whether each file is kept and still what it was. */
  readonly files: readonly { readonly format: string; readonly sha256: string; readonly kept: boolean }[];
  /** What comes out now of the same quarter, with the facts that moved it; of a report of another version also what is counted otherwise since. */
  readonly restated: readonly Restated[];
  readonly restatedUpTo: string;
  /** Facts about that time that were told since, facts that correct others, and what was said of spend, rates and policy: those that moved a figure first. At most 50. */
  readonly late: readonly LateFact[];
  readonly moreLate: number;
}

const MOST = 50;

/** Figures are worked out twice: as of then, and with what is known now. */
export async function verifyReport(reading: Reading, tenant: string, published: PublishedReport): Promise<ReportVerified> {
  const { report: id, upTo, knownAt, composition, figures, files } = published;
  const kept = await read(reading.reader, tenant, async (sql) => {
    const found = [];
    for (const { format, sha256 } of files) found.push({ format, sha256, kept: await keptFile(sql, tenant, sha256) !== null });
    return found;
  });
  const was = await asPublished(reading, tenant, published);
  const options = askedAgain(tenant, published);
  const before = composition === COMPOSITION ? await gatherReport(reading, { ...options, upTo, knownAt }) : null;
  const now = await gatherReport(reading, options);
  const { late: all, more } = await read(reading.reader, tenant, (sql) => lateFacts(sql, tenant, published, now.report.position));
  const { restated, late } = explainLate(was ? restatedIn(was, now.report) : [], all, { before, now });
  const ordered = late.toSorted((a, b) => Number((b.changed ?? []).length > 0) - Number((a.changed ?? []).length > 0));
  return {
    report: id, same: before && hashOfFigures(before.report) === figures, differences: before && was ? restatedIn(was, before.report) : [], files: kept, restated, restatedUpTo: now.report.position, late: ordered.slice(0, MOST), moreLate: more + Math.max(0, late.length - MOST),
  };
}
