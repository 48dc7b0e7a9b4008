import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Database, ensureTenant, generateMasterKey, KeyRing, migrate, parseMasterKey, PostgresEventStore, Projector, Reactor, eventStoreMigrations } from '#event-store';
import { projections, readModelMigrations, setMorningMail, setStaff, untilVisible } from '#read-model';
import { type Mailer, smtpMailer } from '#outbound';
import { startMailServer } from '../../../../libs/outbound/src/testing/mail-server.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { factTeller } from '../testing/tell-facts.js';
import { morningMails } from './morning-mail.js';

const tenant = 'acme';
type Mail = Parameters<Mailer>[0];

describe('The mail of the morning', () => {
  let worker: Database;
  let reader: Database;
  let store: PostgresEventStore;
  let keys: KeyRing;
  let clock: number;
  let append: ReturnType<typeof factTeller>;
  let mails: Mail[];
  let verdicts: Awaited<ReturnType<Mailer>>[];
  const ends: (() => Promise<unknown>)[] = [];
  const warnings: string[] = [];

  beforeEach(async () => {
    const fresh = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...readModelMigrations]));
    [worker, reader] = [new Database(fresh.url, 'touchline_worker', 10), new Database(fresh.url, 'touchline_reader', 3)];
    store = new PostgresEventStore(worker);
    append = factTeller(store, tenant);
    const masterKey = parseMasterKey(generateMasterKey());
    keys = new KeyRing(worker, masterKey);
    await ensureTenant(worker, tenant, 'Europe/Berlin');
    const projector = new Projector({ store, worker, projections: projections(), owner: 'test' });
    await projector.start();
    ends.push(() => projector.stop(), () => store.close(), () => worker.close(), () => reader.close(), () => fresh.drop());
    [mails, verdicts] = [[], []];
    warnings.length = 0;
    for (const id of ['anna', 'ben']) await worker.statements((sql) => setStaff(sql, tenant, { id, email: `${id}@us.example`, roles: ['csm'], by: 'test' }));
    await tell('customer', 'tern', ['customer.registered', { name: 'Tern <& Sons>', owner: 'anna' }], ['task.created', { task: 'T1', what: 'Send the offer', dueOn: '2030-01-02' }]);
  });
  afterEach(async () => { for (const end of ends.splice(0)) await end(); }, 30_000);

  const send: Mailer = async (mail) => {
    const verdict = verdicts.shift() ?? { status: 'sent' as const };
    if (verdict.status !== 'refused') mails.push(mail);
    return verdict;
  };
  const reactor = async (mailer: Mailer | null = send) => {
    const made = new Reactor({ worker, store, reactions: [morningMails({ reader, worker, send: mailer, publicUrl: 'https://touchline.example/' })], keys, check: () => undefined, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`), now: () => new Date(clock) });
    ends.unshift(() => made.stop());
    await made.start();
    await made.look();
    return made;
  };
  const tell = async (...facts: Parameters<typeof append>) => untilVisible(worker, tenant, await append(...facts), 10_000);
  const closed = (day: string) => tell('clock', 'days', ['clock.day-closed', { day }]);
  const at = (instant: string) => { clock = Date.parse(instant); };
  const to = () => mails.map((mail) => mail.to);

  it('goes to everybody with something to do at half past seven on their wall, once, with two workers and after a restart', async () => {
    at('2030-01-01T23:00:30Z');
    const [one, other] = [await reactor(), await reactor()];
    await closed('2030-01-01');
    await Promise.all([one.look(), other.look()]);
    at('2030-01-02T06:29:59Z');
    await Promise.all([one.look(), other.look()]);
    expect(to()).toEqual([]);
    at('2030-01-02T06:30:00Z');
    await Promise.all([one.look(), other.look()]);
    const again = await reactor();
    await again.look();
    expect(to()).toEqual(['anna@us.example']);
    const [mail] = mails as [Mail];
    expect(mail.subject).toBe('1 customer for today, 2030-01-02');
    expect(mail.text).toMatch(/1\. Tern <& Sons>\n +Task: Send the offer, by 2030-01-02\n +https:\/\/touchline\.example\/customers\/tern\n[^]*The whole list: https:\/\/touchline\.example\/\n/);
    expect([mail.html.includes('Tern &#60;&#38; Sons&#62;'), mail.html.includes('href="https://touchline.example/customers/tern"'), mail.html.includes('<& Sons>')]).toEqual([true, true, false]);
    expect(warnings).toEqual([]);
  });

  it('goes at the same time on the wall when the clocks change', async () => {
    await tell('customer', 'tern', ['task.snoozed', { task: 'T1', until: '2030-04-01' }]);
    at('2030-03-31T22:00:30Z');
    const one = await reactor();
    // 2030-03-31 is the Sunday of the change; the Monday after it is in summer time.
    await closed('2030-03-31');
    await one.look();
    at('2030-04-01T05:29:59Z');
    await one.look();
    expect(to()).toEqual([]);
    at('2030-04-01T05:30:00Z');
    await one.look();
    expect(to()).toEqual(['anna@us.example']);
  });

  it('does not go on a day off, for a day that is over, where it is switched off, nor to whom there is nothing to write', async () => {
    at('2030-01-05T08:00:00Z');
    const one = await reactor();
    await closed('2030-01-04');
    await closed('2030-01-02');
    await one.look();
    expect(to()).toEqual([]);
    at('2030-01-08T08:00:00Z');
    await closed('2030-01-03');
    await one.look();
    expect(to()).toEqual([]);
    await worker.statements((sql) => setMorningMail(sql, tenant, { at: '06:00', on: false }));
    at('2030-01-07T08:00:00Z');
    await closed('2030-01-06');
    await one.look();
    expect(to()).toEqual([]);
    await worker.statements((sql) => setMorningMail(sql, tenant, { at: '06:00', on: true }));
    await tell('customer', 'tern', ['task.done', { task: 'T1', outcome: 'done' }]);
    at('2030-01-08T05:00:01Z');
    await closed('2030-01-07');
    await one.look();
    expect(to()).toEqual([]);
  });

  it('does not go when the morning is over; the list of the next day goes the next morning', async () => {
    at('2030-01-02T11:00:00Z');
    const one = await reactor();
    await closed('2030-01-01');
    await one.look();
    expect(to()).toEqual([]);
    at('2030-01-03T10:59:00Z');
    await closed('2030-01-02');
    await one.look();
    expect(mails.map(({ subject }) => subject)).toEqual(['1 customer for today, 2030-01-03']);
    await worker.statements((sql) => setMorningMail(sql, tenant, { at: '17:00', on: true }));
    at('2030-01-07T16:30:00Z');
    await closed('2030-01-06');
    await one.look();
    at('2030-01-08T17:00:00Z');
    await closed('2030-01-07');
    await one.look();
    expect(mails.slice(1).map(({ subject }) => subject)).toEqual(['1 customer for today, 2030-01-07']);
  });

  it('waits for a mail server until the morning is over', async () => {
    at('2030-01-02T07:00:00Z');
    const none = await reactor(null);
    await closed('2030-01-01');
    await none.look();
    at('2030-01-02T07:09:59Z');
    const one = await reactor();
    await one.look();
    expect(to()).toEqual([]);
    at('2030-01-02T07:10:00Z');
    await one.look();
    expect(to()).toEqual(['anna@us.example']);
    at('2030-01-03T10:55:00Z');
    await closed('2030-01-02');
    await none.look();
    at('2030-01-03T11:05:00Z');
    await none.look();
    expect(await worker.statements((sql) => sql.query(`select subject from agenda where reaction = 'morning-mail'`))).toEqual([]);
  });

  it('arrives by SMTP, in words and marked up', async () => {
    const server = await startMailServer();
    ends.unshift(() => server.close());
    at('2030-01-02T07:00:00Z');
    const one = await reactor(smtpMailer({ smtpUrl: server.url, from: 'Touchline <today@us.example>' }));
    await closed('2030-01-01');
    await one.look();
    expect(server.mails.map(({ to: whom, from }) => [whom, from])).toEqual([[['anna@us.example'], 'today@us.example']]);
    const { source } = server.mails[0]!;
    expect(source).toMatch(/Subject: 1 customer for today, 2030-01-02[^]*multipart\/alternative[^]*Task: Send the offer/);
    expect(source).toContain('Message-ID: <morning-acme-anna-2030-01-02@us.example>');
  });

  it('is tried again where it certainly did not go out, and never where it may have', async () => {
    await tell('customer', 'wren', ['customer.registered', { name: 'Wren', owner: 'ben' }], ['task.created', { task: 'T2', what: 'Call', dueOn: '2030-01-02' }]);
    at('2030-01-02T07:00:00Z');
    const one = await reactor();
    verdicts.push({ status: 'refused', forGood: false, why: 'busy' }, { status: 'uncertain', why: 'silent' });
    const reads = jest.spyOn(reader, 'inTenant');
    await closed('2030-01-01');
    await one.look();
    expect(to()).toEqual(['ben@us.example']);
    const forBoth = reads.mock.calls.length;
    at('2030-01-02T07:06:00Z');
    await one.look();
    // The list of whoever was mailed is not made again.
    expect(forBoth).toBeGreaterThan(0);
    expect(reads.mock.calls.length - forBoth).toBe(forBoth / 2);
    at('2030-01-02T07:30:00Z');
    await one.look();
    expect(to()).toEqual(['ben@us.example', 'anna@us.example']);
    expect(await worker.statements((sql) => sql.query('select owner, state, why from morning_mail_sent order by owner'))).toEqual([{ owner: 'anna', state: 'sent', why: null }, { owner: 'ben', state: 'uncertain', why: 'silent' }]);
  });
});
