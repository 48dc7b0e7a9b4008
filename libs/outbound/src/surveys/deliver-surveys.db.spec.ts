import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, ensureTenant, type EventStore, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, pendingOf, PostgresEventStore, Reactor, seal } from '#event-store';
import type { JourneyEvent } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { readSurveyToken } from '../links/survey-links.js';
import { smtpMailer } from '../mail/mailer.js';
import { type MailServer, startMailServer } from '../testing/mail-server.js';
import type { Webhook } from '../webhook/post-webhook.js';
import { deliverSurveys, SURVEY_DELIVERY } from './deliver-surveys.js';

const tenant = 'acme';
const DAY = 86_400_000;
const MINUTE = 60_000;
let fresh: TestDatabase;
let worker: Database;
let store: PostgresEventStore;
let keys: KeyRing;
let server: MailServer;
let clock: number;
let told = 0;
const warnings: string[] = [];
const running: Reactor[] = [];
const hooks: Webhook[] = [];

beforeEach(async () => {
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 8);
  store = new PostgresEventStore(worker);
  keys = new KeyRing(worker, parseMasterKey(generateMasterKey()));
  server = await startMailServer();
  await ensureTenant(worker, tenant, 'Europe/Berlin');
  clock = Date.now();
  warnings.length = hooks.length = 0;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((reactor) => reactor.stop()));
  await server.close();
  await store.close();
  await worker.close();
  await fresh.drop();
});

async function delivering({ mail = true, eventStore = store as EventStore, reachable = true } = {}): Promise<Reactor> {
  const warn = (message: string, error: unknown) => warnings.push(`${message}: ${(error as Error).message}`);
  const post = async (webhook: Webhook) => { hooks.push(webhook); return { status: 'sent' } as const; };
  const reaction = deliverSurveys({ mailer: mail ? smtpMailer({ smtpUrl: server.url, from: 'Support <support@us.example>' }) : null, post, publicUrl: reachable ? 'https://ask.example/' : undefined, warn });
  const reactor = new Reactor({ worker, store: eventStore, reactions: [reaction], keys, check: () => undefined, warn, now: () => new Date(clock) });
  running.push(reactor);
  await reactor.start();
  await reactor.look();
  return reactor;
}

const tell = async (type: string, data: Record<string, unknown>, { customer = 'c1', category = 'customer', source = 'touchline:asking' } = {}) => {
  const id = `f${(told += 1)}`;
  await store.append([{ stream: { tenant, category, id: customer }, expected: 'any', events: [{ source, id, type, version: 1, occurredAt: new Date(clock).toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: id }] }]);
};
const known = async (contact = 'ann', email = 'ann@otter.example') => {
  const key = (await keys.keysFor(tenant, [`contact:${contact}`])).get(`contact:${contact}`)!;
  await tell('contact.added', { contact, name: 'x', role: 'user', email: seal(key, { tenant, path: '/email' }, email) }, { source: 'crm' });
};
const csat = { id: 'csat', version: 1, kind: 'csat', min: 1, max: 5, bar: 4, excellentFrom: 5, name: 'After a ticket' };
const wish = (survey = 'V1', more: object = {}, source = 'touchline:asking') =>
  tell('survey.requested', { survey, instrument: csat, contact: 'ann', program: 'after', channel: 'mail', subject: 'support', until: new Date(clock + 20 * DAY).toISOString(), ...more }, { source });
const surveys = async (): Promise<JourneyEvent[]> => (await store.readStream({ tenant, category: 'customer', id: 'c1' })).filter(({ type }) => type.startsWith('survey.'));
const said = async () => (await surveys()).slice(1).map(({ type, data }) => [type.slice(7), data['reason']]);
const go = async (ms: number, reactor: Reactor) => { clock += ms; await reactor.look(); };

describe('What a program wants to ask', () => {
  it('goes out as a mail with links that are ours, once, and is said to be sent', async () => {
    const reactor = await delivering();
    await known();
    await wish();
    await reactor.look();
    await go(DAY, reactor);
    const [requested, sent] = await surveys();
    expect([sent!.type, sent!.data]).toEqual(['survey.sent', requested!.data]);
    expect(server.mails.map(({ to }) => to)).toEqual([['ann@otter.example']]);
    const source = server.mails[0]!.source.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    const links = [...new Set(source.match(/https:\/\/ask\.example\/s\/[\w.-]+(\?score=\d+)?/g))];
    expect(links).toHaveLength(6);
    expect(source).not.toMatch(/https:[^\s"]*(ann|otter)/);
    const token = links[0]!.split('/s/')[1]!.split('?')[0]!;
    const claim = { tenant, customer: 'c1', survey: 'V1', until: expect.any(String) };
    expect(await readSurveyToken(keys, token, async (id) => id === tenant)).toEqual(claim);
    expect(await readSurveyToken(new KeyRing(worker, parseMasterKey(generateMasterKey())), 'x'.repeat(40), async () => true)).toBeNull();
    for (const [at, sign] of [[4, 'A'], [token.length - 3, 'x']] as const) expect(await readSurveyToken(keys, `${token.slice(0, at)}${sign === token[at] ? 'B' : sign}${token.slice(at + 1)}`, async () => true)).toBeNull();
    expect(warnings).toEqual([]);
  });

  it('is not sent where another system says that it asks', async () => {
    const reactor = await delivering();
    await known();
    await wish('V1', {}, 'helpdesk');
    await go(MINUTE, reactor);
    expect([server.mails.length, await said()]).toEqual([0, []]);
  });

  it('waits for a mail server, and for an address of the pages, and is then sent', async () => {
    const [first, second] = [await delivering({ mail: false }), await delivering({ reachable: false })];
    await known();
    await wish();
    await go(MINUTE, first);
    await go(DAY, second);
    await Promise.all(running.splice(0).map((each) => each.stop()));
    expect([server.mails.length, await said(), (await worker.statements((sql) => pendingOf(sql, tenant, SURVEY_DELIVERY))).map(({ subject }) => subject)]).toEqual([0, [], ['V1']]);
    await go(20 * MINUTE, await delivering());
    expect([server.mails.length, await said()]).toEqual([1, [['sent', undefined]]]);
  });

  it('is tried again where the server is busy, less and less often, and given up after days; what is refused for good is given up at once', async () => {
    const reactor = await delivering();
    server.refuse.rcpt = 451;
    await known();
    await wish();
    await reactor.look();
    for (let minute = 0; minute < 10; minute++) await go(MINUTE, reactor);
    const tries = warnings.length;
    expect([tries > 2, tries < 8, await said()]).toEqual([true, true, []]);
    delete server.refuse.rcpt;
    await go(20 * MINUTE, reactor);
    expect([await said(), server.mails.length]).toEqual([[['sent', undefined]], 1]);
    server.refuse.rcpt = 451;
    await known('bob');
    await wish('V2', { contact: 'bob' });
    await reactor.look();
    for (let hour = 0; hour < 80; hour++) await go(3_600_000, reactor);
    server.refuse.rcpt = 550;
    await known('cem');
    await wish('V3', { contact: 'cem' });
    await reactor.look();
    expect((await surveys()).filter(({ type }) => type === 'survey.suppressed').map(({ data }) => [data['survey'], data['reason'], data['contact']])).toEqual([['V2', 'not-delivered', 'bob'], ['V3', 'not-delivered', 'cem']]);
    expect(server.mails).toHaveLength(1);
  });

  it('is not sent again where the process died between sending and saying so', async () => {
    let died = false;
    const dying: EventStore = new Proxy(store, { get: (target, name) => (name !== 'append' || died ? Reflect.get(target, name).bind(target) : async () => { died = true; throw new Error('pulled the plug'); }) });
    const reactor = await delivering({ eventStore: dying });
    await known();
    await wish();
    await reactor.look();
    expect(server.mails).toHaveLength(1);
    await go(MINUTE, reactor);
    expect([died, server.mails.length, await said()]).toEqual([true, 1, [['suppressed', 'delivery-uncertain']]]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['left', 'contact.left', { contact: 'ann' }],
    ['open-ticket', 'ticket.opened', { ticket: 'T2', contact: 'ann' }],
    ['closed-customer', 'customer.closed', {}],
    ['asked-lately', 'survey.sent', { survey: 'V0', contact: 'ann', instrument: csat }],
  ])('is held back, because of %s, where that came between the wish and the sending', async (reason, type, data) => {
    const reactor = await delivering({ mail: false });
    await known();
    await wish();
    await go(MINUTE, reactor);
    await tell(type, data, { source: 'crm' });
    await go(20 * MINUTE, reactor);
    expect((await said()).at(-1)).toEqual(['suppressed', reason]);
  });

  it('is held back where its own ticket was reopened between the wish and the sending, though that is solved again', async () => {
    const reactor = await delivering({ mail: false });
    await known();
    await tell('ticket.opened', { ticket: 'T1', contact: 'ann' }, { source: 'crm' });
    await tell('ticket.resolved', { ticket: 'T1' }, { source: 'crm' });
    await wish('V1', { ticket: 'T1', because: { source: 'crm', id: `f${told}` } });
    for (const type of ['ticket.reopened', 'ticket.resolved']) {
      await go(MINUTE, reactor);
      await tell(type, { ticket: 'T1' }, { source: 'crm' });
    }
    await go(20 * MINUTE, reactor);
    expect(await said()).toEqual([['suppressed', 'ticket-reopened']]);
  });

  it('goes out with a link to where the asking stands, and not to whom that customer was merged into', async () => {
    await delivering({ mail: false });
    await known();
    await wish();
    await tell('customer.merged', { into: 'c2' }, { source: 'crm' });
    await Promise.all(running.splice(0).map((each) => each.stop()));
    await go(20 * MINUTE, await delivering());
    const [, token] = /\/s\/([\w.-]+)/.exec(server.mails[0]!.source.replaceAll('=\r\n', ''))!;
    expect(await readSurveyToken(keys, token!, async () => true)).toMatchObject({ customer: 'c1', survey: 'V1' });
  });

  it('is held back where the person was erased, has no usable address, or the time for an answer is over', async () => {
    const reactor = await delivering();
    await known('ann', 'ann@x.example, bob@x.example');
    await wish();
    await reactor.look();
    await wish('V2', { until: new Date(clock).toISOString() });
    await known('cem');
    await keys.destroy(tenant, 'contact:cem', async (sql, kid) => { await sql.query(`insert into erasure (tenant, subject, kid, actor_kind, actor_id, reason) values ($1, 'contact:cem', $2, 'person', 'x', 'other')`, [tenant, kid]); });
    await wish('V3', { contact: 'cem' });
    await reactor.look();
    expect((await surveys()).filter(({ type }) => type === 'survey.suppressed').map(({ data }) => [data['survey'], data['reason']])).toEqual([['V1', 'no-address'], ['V2', 'not-delivered'], ['V3', 'erased']]);
    expect(server.mails).toEqual([]);
  });

  it('goes to a webhook with the link and whom to ask, signed with a secret of the tenant', async () => {
    const reactor = await delivering({ mail: false });
    await tell('surveyprogram.set', { program: 'after', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'webhook', webhook: 'https://hook.example/in' }, { category: 'surveyprogram', customer: 'after' });
    await known();
    await wish('V1', { channel: 'webhook', ticket: 'T1' });
    await reactor.look();
    expect(await said()).toEqual([['sent', undefined]]);
    expect(hooks).toEqual([{ url: 'https://hook.example/in', id: 'V1', keys: [{ kind: 'v1', secret: await keys.tenantSecret(tenant, 'webhooks') }], body: {
      type: 'survey.requested', timestamp: expect.any(String),
      data: expect.objectContaining({ survey: 'V1', customer: 'c1', contact: 'ann', email: 'ann@otter.example', program: 'after', ticket: 'T1', link: expect.stringMatching(/^https:\/\/ask\.example\/s\//), instrument: expect.objectContaining({ id: 'csat', question: expect.any(String) }) }),
    } }]);
  });
});
