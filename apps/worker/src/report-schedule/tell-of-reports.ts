import type { AgendaItem, Database, OpenedStore, Outcome, Reaction, ReactionWork } from '#event-store';
import type { DataFor } from '#journey';
import { type Mailer, tellOfReport } from '#outbound';
import { claimReportMail, keptFile, noteReportMail, releaseReportMail, reportReaders, reportSchedule, SCHEDULE_SOURCE, type StaffMember } from '#read-model';
import { composeReportMail } from './compose.js';

export interface TellingOptions {
  readonly worker: Database;
  readonly store: Pick<OpenedStore, 'announce' | 'find'>;
  /** Null: the mails wait. */
  readonly send: Mailer | null;
  /** Of the pages; undefined: mails have no link. */
  readonly publicUrl: string | undefined;
}

type Published = DataFor<'company.report-published'>;
interface Mailing extends TellingOptions { readonly send: Mailer; readonly tenant: string; readonly published: Published; readonly pdf: Buffer }

const [MAIL, WEBHOOKS] = ['mail', 'webhooks'];
const AGAIN_MS = 5 * 60_000;
/** How often it is looked whether mails can be sent by now. */
const WAIT_MS = 10 * 60_000;
/** What could not be sent for so long is old; it stays on the pages. */
const GIVE_UP_MS = 7 * 86_400_000;

/** Tells of published reports: webhooks that name the fact of all of them, the readers of the schedule by mail of those that it published. Neither waits for the other. */
export function tellOfReports(options: TellingOptions): Reaction {
  return {
    name: 'report-telling',
    types: ['company.report-published'],
    due: ({ source, recordedAt }) => [WEBHOOKS, ...(source === SCHEDULE_SOURCE ? [MAIL] : [])].map((subject) => ({ subject: subject!, at: recordedAt })),
    act: (item, work) => (item.subject === MAIL ? mail(options, item, work) : ring(options, item, work)),
  };
}

async function ring({ worker, store }: TellingOptions, { cause }: AgendaItem, { tenant }: ReactionWork): Promise<Outcome> {
  const { report } = await publishedBy(store, tenant.id, cause);
  if (await worker.brief((sql) => tellOfReport(sql, tenant.id, { ...cause, report })) > 0) store.announce();
  return {};
}

async function mail(options: TellingOptions, { cause }: AgendaItem, { now, tenant: { id: tenant }, read }: ReactionWork): Promise<Outcome> {
  const { send, store } = options;
  const again = (ms: number): Outcome => (now.getTime() - Date.parse(cause.occurredAt) >= GIVE_UP_MS ? {} : { again: new Date(now.getTime() + ms).toISOString() });
  if (!send) return again(WAIT_MS);
  const published = await publishedBy(store, tenant, cause);
  const file = published.files.find(({ format }) => format === 'pdf');
  const [schedule, pdf] = await read(async (sql) => [await reportSchedule(sql, tenant), file ? await keptFile(sql, tenant, file.sha256) : null] as const);
  if (!schedule.on || !pdf) return {};
  let left = false;
  for (const reader of await read((sql) => reportReaders(sql, tenant, schedule))) left = await write({ ...options, send, tenant, published, pdf }, reader) || left;
  return left ? again(AGAIN_MS) : {};
}

/** @returns whether it is to be tried again */
async function write({ worker, send, publicUrl, tenant, published, pdf }: Mailing, { id, email }: StaffMember): Promise<boolean> {
  const { report } = published;
  if (!await worker.statements((sql) => claimReportMail(sql, tenant, report, id))) return false;
  const sent = await send({
    to: email, id: `report-${tenant}-${report}-${id.replace(/[^A-Za-z0-9]/g, '-')}`, ...composeReportMail(published, publicUrl?.replace(/\/$/, '') ?? null),
    attachments: [{ filename: `strategic-${report}.pdf`, content: pdf, contentType: 'application/pdf' }],
  });
  if (sent.status === 'refused' && !sent.forGood) {
    await worker.statements((sql) => releaseReportMail(sql, tenant, report, id));
    return true;
  }
  await worker.statements((sql) => noteReportMail(sql, tenant, report, id, { state: sent.status, why: sent.status === 'sent' ? null : sent.why }));
  return false;
}

/** @throws Error where the fact is not in the log any more */
async function publishedBy(store: TellingOptions['store'], tenant: string, cause: AgendaItem['cause']): Promise<Published> {
  const [fact] = await store.find(tenant, [cause]);
  if (!fact) throw new Error('The fact is not in the log any more');
  return fact.data as unknown as Published;
}
