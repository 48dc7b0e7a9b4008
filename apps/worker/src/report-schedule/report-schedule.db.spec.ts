import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Database, ensureTenant, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, PostgresEventStore, Reactor } from '#event-store';
import { createEndpoint, findEndpoint, type Mailer, outboundMigrations, smtpMailer, verifyingTexts, webhookPoster, WebhookSender } from '#outbound';
import { readModelMigrations, setReportSchedule, setStaff } from '#read-model';
import { type MailServer, startMailServer } from '../../../../libs/outbound/src/testing/mail-server.js';
import { Receiver } from '../../../../libs/outbound/src/testing/receiver.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/read-models.js';
import { checkAnswer } from '../reactions.js';
import { factTeller } from '../testing/tell-facts.js';
import { startWorker } from '../worker.js';
import { publishOnSchedule } from './publish-on-schedule.js';
import { tellOfReports } from './tell-of-reports.js';

const tenant = 'acme';
const SCHEDULE = { on: true, daysAfter: 5, segments: [] as string[], to: null as string[] | null, by: 'test' };

describe('The report on a schedule', () => {
  let worker: Database;
  let reader: Database;
  let url: string;
  let store: PostgresEventStore;
  let keys: KeyRing;
  let server: MailServer;
  let mailer: Mailer;
  let clock: number;
  let tell: ReturnType<typeof factTeller>;
  const ends: (() => Promise<unknown>)[] = [];
  const warnings: string[] = [];

  beforeEach(async () => {
    const fresh = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...readModelMigrations, ...outboundMigrations]));
    url = fresh.url;
    [worker, reader] = [new Database(fresh.url, 'touchline_worker', 10), new Database(fresh.url, 'touchline_reader', 3)];
    store = new PostgresEventStore(worker);
    tell = factTeller(store, tenant);
    keys = new KeyRing(worker, parseMasterKey(generateMasterKey()));
    await ensureTenant(worker, tenant, 'America/New_York');
    server = await startMailServer();
    mailer = smtpMailer({ smtpUrl: server.url, from: 'Touchline <reports@us.example>' });
    ends.push(() => server.close(), () => store.close(), () => worker.close(), () => reader.close(), () => fresh.drop());
    warnings.length = 0;
    for (const [id, role] of [['mara', 'executive'], ['otto', 'executive'], ['anna', 'csm']] as const) await worker.statements((sql) => setStaff(sql, tenant, { id, email: `${id}@us.example`, roles: [role], by: 'test' }));
    await tell('customer', 'tern', ['customer.registered', { name: 'Tern', segment: 'large' }]);
  });
  afterEach(async () => { for (const end of ends.splice(0)) await end(); }, 30_000);

  /** A worker's part: what publishes, and what tells, if asked for. */
  const reactor = async ({ send = mailer as Mailer | null, telling = true } = {}) => {
    const made = new Reactor({
      worker, store, keys, check: checkAnswer, now: () => new Date(clock), warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`),
      reactions: [publishOnSchedule({ reader, worker, store }), ...(telling ? [tellOfReports({ worker, store, send, publicUrl: 'https://touchline.example/' })] : [])],
    });
    ends.unshift(() => made.stop());
    await made.start();
    await made.look();
    return made;
  };
  const closed = (day: string) => tell('clock', 'days', ['clock.day-closed', { day }]);
  const at = (instant: string) => { clock = Date.parse(instant); };
  const set = (more: Partial<typeof SCHEDULE> = {}) => worker.statements((sql) => setReportSchedule(sql, tenant, { ...SCHEDULE, ...more }));
  /** By the log itself. */
  const published = () => worker.statements((sql) => sql.query<{ id: string; source: string; data: { report: string; period: string; segment?: string; files: { format: string; sha256: string }[] } }>(`select id, source, data from log where type = 'company.report-published' order by position`));
  /** Mails that are not settled. */
  const waiting = () => worker.statements((sql) => sql.query(`select subject from agenda where subject = 'mail'`));
  const to = () => server.mails.flatMap((mail) => mail.to).sort();

  it('publishes the quarter that ended five days after it, on the wall of the tenant, and mails it once, with two workers and after a restart', async () => {
    await set();
    // 5 October begins in New York at 04:00 UTC.
    at('2030-10-05T03:59:59Z');
    const [one, other] = [await reactor(), await reactor()];
    await closed('2030-10-03');
    await Promise.all([one.look(), other.look()]);
    expect(await published()).toEqual([]);
    at('2030-10-05T04:00:00Z');
    await closed('2030-10-04');
    await Promise.all([one.look(), other.look()]);
    await Promise.all([one.look(), other.look()]);
    const again = await reactor();
    await closed('2030-10-05');
    await again.look();
    const found = await published();
    expect(found.map(({ id, source, data }) => [source, id, data.report, data.period])).toEqual([['touchline:report-schedule', '2030-Q3', '2030-Q3-1', '2030-Q3']]);
    expect(to()).toEqual(['mara@us.example', 'otto@us.example']);
    const { source } = server.mails[0]!;
    const plain = source.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(plain).toContain('https://touchline.example/v1/reports/2030-Q3-1?format=html');
    expect(plain).toMatch(/Subject: Strategic report of 2030-Q3\r\n[^]*Content-Type: application\/pdf; name=strategic-2030-Q3-1\.pdf/);
    expect(source).toMatch(/Message-ID: <report-acme-2030-Q3-1-(mara|otto)@us\.example>/);
    // What is attached is the file whose hash the log has.
    const pdf = Buffer.from(/name=strategic[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+?)\r\n--/.exec(source)![1]!, 'base64');
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(found[0]!.data.files.find(({ format }) => format === 'pdf')!.sha256);
    expect(warnings).toEqual([]);
  });

  it('goes out where the worker died after publishing, also to whom the other mail could not be sent', async () => {
    await set();
    at('2030-10-05T04:00:00Z');
    // The part that tells listens as of now; it then dies before it has told.
    await (await reactor()).stop();
    const publishing = await reactor({ telling: false });
    await closed('2030-10-04');
    await publishing.look();
    await publishing.stop();
    expect([(await published()).length, to()]).toEqual([1, []]);
    server.refuse.rcpt = 451;
    const next = await reactor();
    expect(to()).toEqual([]);
    delete server.refuse.rcpt;
    at('2030-10-05T04:05:00Z');
    await next.look();
    expect([(await published()).length, to()]).toEqual([1, ['mara@us.example', 'otto@us.example']]);
  });

  it('neither publishes nor mails again where it was done and the entry of the agenda was not struck out', async () => {
    await set();
    at('2030-10-05T04:00:00Z');
    const one = await reactor();
    await closed('2030-10-04');
    await one.look();
    await worker.statements((sql) => sql.query(`insert into agenda (reaction, tenant, customer, position, source, id, type, occurred_at, subject, at) select 'report-schedule', tenant, '', position, source, id, type, occurred_at, 'after:2030-10-04', '2030-10-05T04:00:00Z' from log where type = 'clock.day-closed'`));
    await worker.statements((sql) => sql.query(`insert into agenda (reaction, tenant, customer, position, source, id, type, occurred_at, subject, at) select 'report-telling', tenant, '', position, source, id, type, occurred_at, 'mail', '2030-10-05T04:00:00Z' from log where type = 'company.report-published'`));
    await one.look();
    expect([(await published()).length, to().length, warnings]).toEqual([1, 2, []]);
  });

  it('takes the next number where somebody published by hand, and mails what was published by hand to nobody', async () => {
    await set({ segments: ['large'], to: ['anna', 'gone'] });
    at('2030-10-05T04:00:00Z');
    const one = await reactor();
    await tell('company', 'report:2030-Q3-1', ['company.report-published', { report: '2030-Q3-1', period: '2030-Q3', upTo: '1.1', knownAt: '2030-10-02T06:00:00.000Z', asOf: '2030-10-01T03:59:59.999Z', composition: 1, figures: 'a'.repeat(64), files: [] }]);
    await one.look();
    expect(to()).toEqual([]);
    await closed('2030-10-04');
    await one.look();
    await one.look();
    expect((await published()).map(({ data }) => [data.report, data.segment])).toEqual([['2030-Q3-1', undefined], ['2030-Q3-2', undefined], ['2030-Q3-3', 'large']]);
    expect(to()).toEqual(['anna@us.example', 'anna@us.example']);
  });

  it('publishes nothing where it is off, which it is unless somebody sets it, and catches up at a later close of a day', async () => {
    at('2030-10-06T04:00:00Z');
    const one = await reactor();
    await closed('2030-10-05');
    await one.look();
    await set({ on: false });
    await closed('2030-10-06');
    await one.look();
    expect([await published(), to()]).toEqual([[], []]);
    await set();
    at('2030-11-20T05:00:00Z');
    await closed('2030-11-19');
    await one.look();
    expect((await published()).map(({ data }) => data.period)).toEqual(['2030-Q3']);
  });

  it('goes by the day that was set by hand, where one was', async () => {
    await set();
    await worker.statements((sql) => sql.query(`update tenant set pinned_day = '2030-04-05' where id = $1`, [tenant]));
    at('2031-01-01T12:00:00Z');
    const one = await reactor();
    await closed('2030-04-04');
    await one.look();
    expect((await published()).map(({ data }) => data.period)).toEqual(['2030-Q1']);
  });

  it('waits for a mail server, but not for ever', async () => {
    await set();
    at('2030-10-05T04:00:00Z');
    const none = await reactor({ send: null });
    await closed('2030-10-04');
    await none.look();
    await eventually(async () => (await waiting()).length === 1);
    await none.stop();
    at('2030-10-05T04:10:00Z');
    const sending = await reactor();
    await eventually(async () => (await waiting()).length === 0);
    // It would send what the next one is to leave.
    await sending.stop();
    expect(to()).toEqual(['mara@us.example', 'otto@us.example']);
    expect(await worker.statements((sql) => sql.query('select person, state from report_mail_sent order by person'))).toEqual([{ person: 'mara', state: 'sent' }, { person: 'otto', state: 'sent' }]);
    at('2031-01-05T05:00:00Z');
    const later = await reactor({ send: null });
    await closed('2031-01-04');
    await later.look();
    // It listens as well, so another look may be under way: the week begins once the report is published and its mail waits.
    await eventually(async () => (await waiting()).length === 1);
    at('2031-01-12T05:00:00Z');
    await later.look();
    await eventually(async () => (await waiting()).length === 0);
    expect([(await published()).length, server.mails.length]).toEqual([2, 2]);
  });

  it('is told, signed, to webhooks that name it, whoever published, once each', async () => {
    await set({ to: [] });
    const receiver = new Receiver();
    await receiver.start();
    ends.unshift(() => receiver.close());
    const endpoint = (name: string, filter: object, enabled = true) => worker.statements((sql) => createEndpoint(sql, tenant, { url: receiver.url(name), description: null, filter: { ...filter }, start: null, ordered: true, signature: 'v1', unseal: false, enabled, by: 'ann' }));
    const named = await endpoint('named', { types: ['ticket.*', 'company.report-published'] });
    await endpoint('all', {});
    await endpoint('narrow', { types: ['company.report-published'], segments: ['large'] });
    await endpoint('off', { types: ['company.report-published'] }, false);
    const sender = new WebhookSender({ worker, store, keys, publicUrl: undefined, post: webhookPoster({ allowPrivate: true }), warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
    ends.unshift(() => sender.stop());
    sender.start();
    at('2030-10-05T04:00:00Z');
    const one = await reactor();
    await closed('2030-10-04');
    await one.look();
    await worker.statements((sql) => sql.query(`insert into agenda (reaction, tenant, customer, position, source, id, type, occurred_at, subject, at) select 'report-telling', tenant, '', position, source, id, type, occurred_at, 'webhooks', '2030-10-05T04:00:00Z' from log where type = 'company.report-published'`));
    await one.look();
    await eventually(async () => receiver.got.length > 0);
    await tell('company', 'report:2030-Q3-2', ['company.report-published', { report: '2030-Q3-2', period: '2030-Q3', upTo: '1.1', knownAt: '2030-10-02T06:00:00.000Z', asOf: '2030-10-01T03:59:59.999Z', composition: 1, figures: 'a'.repeat(64), files: [] }]);
    await one.look();
    await eventually(async () => receiver.got.length > 1);
    expect(receiver.got.map(({ name, body }) => [name, body.type, body.data['report']])).toEqual([['named', 'company.report-published', '2030-Q3-1'], ['named', 'company.report-published', '2030-Q3-2']]);
    const secret = (await verifyingTexts(keys, (await worker.statements((sql) => findEndpoint(sql, tenant, named)))!, new Date()))[0]!;
    const { text, headers } = receiver.got[0]!;
    expect(new Webhook(secret).verify(text, headers as Record<string, string>)).toMatchObject({ id: '2030-Q3', source: 'touchline:report-schedule', data: { period: '2030-Q3' } });
    expect(warnings).toEqual([]);
  });

  it('is what a worker does, by the clock of the database', async () => {
    // The first day of a quarter is as late as any.
    await set({ daysAfter: 1 });
    const running = await startWorker({ databaseUrl: url, roles: ['reactions'], smtpUrl: server.url, mailFrom: 'reports@us.example', warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
    ends.unshift(() => running.stop());
    await closed('2026-01-01');
    await eventually(async () => server.mails.length > 1);
    expect([(await published()).length, to(), warnings]).toEqual([1, ['mara@us.example', 'otto@us.example'], []]);
    expect(server.mails[0]!.source).not.toContain('/v1/reports/');
  });
});
