import { createHash } from 'node:crypto';
import type { Sql } from '#event-store';
import { type DayOf, figuresIn, type Report } from '#insight';
import { canonical, type DataFor, type JourneyEvent } from '#journey';

export type PublishedReport = DataFor<'company.report-published'> & { readonly at: string; readonly by: string };

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Of the figures alone, whatever the files look like. */
export const hashOfFigures = (report: Report): string => sha256(canonical(figuresIn(report)));

/** The bytes that were kept under a hash; null where none were, or they are no longer what they were. */
export async function keptFile(sql: Sql, tenant: string, hash: string): Promise<Buffer | null> {
  const [row] = await sql.query<{ content: Buffer }>('select content from report_file where tenant = $1 and sha256 = $2', [tenant, hash]);
  return row && sha256(row.content) === hash ? row.content : null;
}

/** What was published, the newest first. */
export const publishedIn = (facts: readonly JourneyEvent[]): PublishedReport[] => facts.filter(({ type }) => type === 'company.report-published')
  .map(({ data, occurredAt, actor }) => ({ ...data as unknown as DataFor<'company.report-published'>, at: occurredAt, by: actor.id })).toReversed();

/** Whether it is the first look of a person at a report on a day of the tenant's calendar; `looks`: those at this report so far. */
export const isFirstLook = (looks: readonly Pick<JourneyEvent, 'actor' | 'occurredAt'>[], { viewer, at, dayOf }: { readonly viewer: string; readonly at: string; readonly dayOf: DayOf }): boolean =>
  !looks.some(({ actor, occurredAt }) => actor.id === viewer && dayOf(occurredAt) === dayOf(at));
