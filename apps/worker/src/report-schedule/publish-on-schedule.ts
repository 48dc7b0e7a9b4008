import type { Database, EventStore, Reaction, ReactionWork } from '#event-store';
import { calendarOf, companyFacts, dueQuarter, keepReport, publishedIn, type PublishedReport, publishNext, REPORT_SCHEDULE, reportSchedule, SCHEDULE_SOURCE, scheduledId } from '#read-model';

export interface PublishingOptions {
  readonly reader: Database;
  readonly worker: Database;
  readonly store: EventStore;
}

const PUBLISHED = 'company.report-published';

/** Publishes the report of the quarter that ended, once, some days after its end: as the day before that day is closed, or at any later close of a day where nobody could. */
export function publishOnSchedule(options: PublishingOptions): Reaction {
  return {
    name: REPORT_SCHEDULE,
    types: ['clock.day-closed'],
    due: ({ data, recordedAt }) => [{ subject: `after:${String(data['day'])}`, at: recordedAt }],
    act: async (_item, work) => {
      const { tenant: { id: tenant }, now } = work;
      const [schedule, { today }] = await work.read(async (sql) => [await reportSchedule(sql, tenant), await calendarOf(sql, tenant, now)] as const);
      const { quarter, day } = dueQuarter(today.day, schedule);
      if (!schedule.on || today.day < day) return {};
      for (const segment of [null, ...schedule.segments]) await publish(options, work, { period: quarter.name, segment });
      return {};
    },
  };
}

/** Whoever comes second finds the fact, whatever number it has: its id is made of quarter and segment alone. @throws Error where others publish again and again meanwhile */
async function publish({ reader, worker, store }: PublishingOptions, { tenant: { id: tenant }, now }: ReactionWork, { period, segment }: { readonly period: string; readonly segment: string | null }): Promise<void> {
  const id = scheduledId(period, segment);
  if ((await store.find(tenant, [{ source: SCHEDULE_SOURCE, id }])).length > 0) return;
  const list = async () => publishedIn(await worker.statements((sql) => companyFacts(sql, tenant)));
  const make = (before: PublishedReport | null) => keepReport({ reader, now: () => now }, worker, { tenant, period, ...(segment !== null && { segment }) }, before);
  const said = await publishNext({ list, period, segment, make, say: async (report, data) => {
    const [verdict] = await store.append([{
      stream: { tenant, category: 'company', id: `report:${report}` }, expected: 'none',
      events: [{ source: SCHEDULE_SOURCE, id, type: PUBLISHED, version: 1, occurredAt: now.toISOString(), actor: { kind: 'system', id: SCHEDULE_SOURCE }, data: { report, ...data }, bodyHash: id }],
    }]);
    return verdict!.status === 'wrong-revision' ? null : verdict!.status;
  } });
  if (!said) throw new Error('Others publish reports at this moment');
}
