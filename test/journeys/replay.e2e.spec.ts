import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, ensureTenant, migrate, PostgresEventStore, progressOf } from '#event-store';
import { issueKey } from '../../apps/api/src/access/api-keys.js';
import { allMigrations } from '../../apps/api/src/all-migrations.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { startWorker, type Worker } from '../../apps/worker/src/worker.js';
import { type MailServer, startMailServer } from '../../libs/outbound/src/testing/mail-server.js';
import { freshDatabase } from '../support/database.js';
import { caughtUp, eventually } from '../support/read-models.js';

const masterKey = Buffer.alloc(32, 5).toString('base64');
const tenant = 'acme';

describe('With recoveries, questions and tasks open', () => {
  const ends: (() => Promise<unknown>)[] = [];
  const warnings: string[] = [];
  let url: string;
  let mails: MailServer;
  let database: Database;
  let store: PostgresEventStore;
  let following: Worker;
  let start: () => Promise<Worker>;
  let headers: Record<string, string>;

  beforeAll(async () => {
    const fresh = await freshDatabase(async (address) => void await migrate(address, allMigrations));
    ends.unshift(() => fresh.drop());
    database = new Database(fresh.url, 'touchline_worker', 4);
    store = new PostgresEventStore(database);
    ends.unshift(async () => { await store.close(); await database.close(); });
    await ensureTenant(database, tenant, 'Europe/Berlin');
    mails = await startMailServer();
    ends.unshift(() => mails.close());
    const app = await createApi({ databaseUrl: fresh.url, masterKey, logLevel: 'error' });
    ends.unshift(() => app.close());
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    start = () => startWorker({ databaseUrl: fresh.url, masterKey, publicUrl: url, smtpUrl: mails.url, mailFrom: 'Support <support@us.example>', warn: (message, error) => warnings.push(`${message}: ${String(error)}`) });
    following = await start();
    ends.unshift(() => following.stop());
    const { key } = await issueKey(database, { tenant, name: 'Systems', role: 'operator', actor: { kind: 'system', id: 'crm' } });
    headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    await post('/v1/survey-programs', { program: 'after-ticket', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail' });
    const csat = { kind: 'csat', min: 1, max: 5 };
    await post('/v1/events', ['otter', 'heron'].flatMap((customer, n) => [
      fact(customer, 'customer.registered', { name: customer, owner: 'mara' }), fact(customer, 'contact.added', { contact: `p${n}`, name: 'Ann', role: 'both', email: `ann${n}@otter.example` }),
      fact(customer, 'ticket.opened', { ticket: 'T-1', contact: `p${n}` }), fact(customer, 'ticket.resolved', { ticket: 'T-1' }),
      fact(customer, 'survey.responded', { survey: 'V-1', instrument: csat, score: 2, contact: `q${n}`, wantsContact: true }),
      fact(customer, 'survey.responded', { survey: 'V-2', instrument: csat, score: 5, contact: `r${n}` }), fact(customer, 'survey.marked-complaint', { survey: 'V-2' }),
    ]));
    await eventually(async () => mails.mails.length === 2 && (await facts()).filter(({ type }) => type === 'recovery.opened').length === 4);
    await settled();
  }, 90_000);
  afterAll(async () => { for (const end of ends) await end(); }, 60_000);

  let told = 0;
  const fact = (customer: string, type: string, data: object, time = new Date()) => ({ id: `f${++told}`, source: 'helpdesk', type, time: time.toISOString(), customer, data });
  const post = async (path: string, body: unknown = {}) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok || text.includes('"rejected"')) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text) as any;
  };
  const facts = () => database.statements((sql) => sql.query<{ type: string; source: string; id: string }>(`select type, source, id from log where category <> 'clock' order by position`));
  const agenda = () => database.statements((sql) => sql.query(`select tenant, reaction, subject, position, at from agenda where reaction = 'recovery' order by 2, 3, 4`));
  /** Until every reaction has read all there is, and done what is due. */
  const settled = () => eventually(async () => {
    const [row] = await database.statements((sql) => sql.query<{ open: number }>(`select (select count(*) from reaction where position < (select max(position) from log)) + (select count(*) from agenda where at <= now() + interval '3 minutes') as open`));
    return Number(row!.open) === 0;
  });

  it('building the read models anew asks, opens and sends nothing', async () => {
    const [before, planned] = [await facts(), await agenda()];
    expect(planned.length).toBe(12);
    for (const name of ['customers', 'entities', 'timeline']) await post(`/v1/admin/projections/${name}/rebuild`);
    await eventually(async () => (await progressOf(database)).filter(({ live, generation }) => live && generation > 1).length === 3);
    await caughtUp(database, store);
    await settled();
    expect([await facts(), await agenda(), mails.mails.length]).toEqual([before, planned, 2]);
  }, 60_000);

  it('reactions that have forgotten how far they were, and read the whole log again, ask, open and send nothing', async () => {
    const [before, planned] = [await facts(), await agenda()];
    await following.stop();
    await database.statements((sql) => sql.query('update reaction set position = 0'));
    await database.statements((sql) => sql.query('delete from agenda'));
    following = await start();
    await settled();
    expect(await facts()).toEqual(before);
    expect([await agenda(), mails.mails.length, warnings]).toEqual([planned, 2, []]);
  }, 60_000);

  it('an import of a year of history opens nothing, and says what it did not open', async () => {
    const before = (await facts()).length;
    const lines = Array.from({ length: 50 }, (_, week) => {
      const time = new Date(Date.now() - (week + 2) * 7 * 86_400_000);
      return [fact('otter', 'ticket.resolved', { ticket: `H-${week}` }, time), fact('otter', 'survey.responded', { survey: `H-${week}`, instrument: { kind: 'csat', min: 1, max: 5 }, score: 1, contact: 'p0' }, time)];
    }).flat();
    const response = await fetch(`${url}/v1/events/import?import=history`, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-ndjson' }, body: lines.map((line) => JSON.stringify(line)).join('\n') });
    const { summary } = JSON.parse((await response.text()).trim().split('\n').at(-1)!) as { summary: object };
    await settled();
    expect(summary).toMatchObject({ notOpened: { recoveries: 50, surveys: 50 } });
    expect([(await facts()).length - before, mails.mails.length]).toEqual([100, 2]);
  }, 60_000);
});
