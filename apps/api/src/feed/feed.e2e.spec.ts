import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewEvent } from '#event-store';
import { startApi, type TestApi } from '../testing/start-api.js';
import { Listener } from './testing/listen.js';

let api: TestApi;
let subscriber: string;
let admin: string;
let told = 0;
const listeners: Listener[] = [];

beforeAll(async () => {
  api = await startApi({ following: [] });
  subscriber = await api.key('subscriber');
  admin = await api.key('admin');
}, 60_000);
afterEach(async () => void await Promise.all(listeners.splice(0).map((listener) => listener.leave())));
afterAll(() => api.stop());

interface Page { events: { id: string; type: string; position: string; subject: string; data: Record<string, unknown> }[]; position: string; more: boolean }

const read = async (query: string, key = subscriber, headers: Record<string, string> = {}) => {
  const response = await api.call(key, 'GET', `/v1/events${query}`, undefined, headers);
  return { status: response.status, headers: response.headers, page: response.status === 304 ? null : await response.json() as Page & { code: string; errors: { pointer: string; detail: string }[]; common: string } };
};
const listen = (query = '', { key = subscriber, place }: { key?: string; place?: string } = {}) => {
  const listener = new Listener(`${api.url}/v1/events${query}`, key, place);
  listeners.push(listener);
  return listener;
};
const tell = async (count = 1, { tenant = 'acme', type = 'ticket.opened', customer = 'c1', data = {} as object } = {}): Promise<string[]> => {
  const events = Array.from({ length: count }, (): NewEvent => {
    const id = `e${told += 1}`;
    return { source: 'test', id, type, version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: { ticket: id, priority: 'high', ...data }, bodyHash: id };
  });
  const [verdict] = await api.connections.store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events }]);
  return [...(verdict as { positions: readonly string[] }).positions];
};
const revoke = async (key: string): Promise<void> => {
  const { keys } = await (await api.call(admin, 'GET', '/v1/admin/keys')).json() as { keys: { id: string }[] };
  await api.call(admin, 'DELETE', `/v1/admin/keys/${keys.find(({ id }) => key.startsWith(`tl_${id}_`))!.id}`);
};
const head = () => api.connections.store.head();

describe('A page of the feed', () => {
  it('begins at the beginning and goes on from its position, also when there was nothing', async () => {
    const positions = await tell(5);
    const first = (await read('?limit=3')).page!;
    expect(first.events.map(({ position }) => position)).toEqual(positions.slice(0, 3));
    expect(first).toMatchObject({ position: positions[2], more: true, events: [{ specversion: '1.0', type: 'ticket.opened', subject: 'c1', source: 'test' }, {}, {}] });
    const second = (await read(`?limit=3&after=${first.position}`)).page!;
    expect([second.events.map(({ position }) => position), second.more]).toEqual([positions.slice(3), false]);
    const last = (await read(`?after=${second.position}`)).page!;
    expect(last).toEqual({ events: [], position: second.position, more: false });
    await tell(1, { type: 'ticket.closed' });
    expect((await read(`?after=${second.position}&type=survey.*`)).page).toEqual({ events: [], position: await head(), more: false });
  });

  it('names itself, and the address of the next', async () => {
    const { headers, page } = await read('?limit=1&type=ticket.*');
    expect(headers.get('link')).toBe(`</v1/events?${new URLSearchParams({ limit: '1', type: 'ticket.*', after: page!.position }).toString()}>; rel="next"`);
    expect((await read('?limit=1&type=ticket.*', subscriber, { 'if-none-match': headers.get('etag')! })).status).toBe(304);
  });

  it('is full where the log has enough of what passes, however far apart that stands', async () => {
    const from = await head();
    const [one] = await tell(1, { customer: 'rare' });
    await tell(700);
    const [other] = await tell(1, { customer: 'rare' });
    expect((await read(`?after=${from}&limit=1000`)).page).toMatchObject({ events: { length: 702 }, position: other, more: false });
    expect((await read(`?after=${from}&limit=650`)).page).toMatchObject({ events: { length: 650 }, more: true });
    const rare = (await read(`?after=${from}&customer=rare`)).page!;
    expect([rare.events.map(({ position }) => position), rare.more]).toEqual([[one, other], false]);
  });

  it('ends sooner with a megabyte of text', async () => {
    const from = await head();
    const positions = await tell(150, { data: { subject: 'x'.repeat(10_000) } });
    const first = (await read(`?after=${from}&limit=1000`)).page!;
    expect(first.events.length).toBeGreaterThan(90);
    expect(first.events.length).toBeLessThan(130);
    const second = (await read(`?after=${first.position}&limit=1000`)).page!;
    expect([[...first.events, ...second.events].map(({ position }) => position), first.more, second.more]).toEqual([positions, true, false]);
  });

  it('waits until there is something, and no longer', async () => {
    const from = await head();
    const began = performance.now();
    const waiting = read(`?after=${from}&wait=20&type=ticket.*`);
    await new Promise((wake) => setTimeout(wake, 200));
    await tell(1, { type: 'survey.sent' });
    const [position] = await tell();
    expect((await waiting).page).toMatchObject({ events: [{ position }], position, more: false });
    expect(performance.now() - began).toBeLessThan(10_000);
    const empty = (await read(`?after=${position}&wait=1`)).page!;
    expect(empty).toEqual({ events: [], position, more: false });
  });

  it('is refused when its key is revoked while it waits: at once where a fact comes, within seconds where none does', async () => {
    const key = await api.key('subscriber');
    const from = await head();
    const waiting = [read(`?after=${from}&wait=25`, key), read(`?after=${from}&wait=25&type=survey.*`, key)];
    await new Promise((wake) => setTimeout(wake, 300));
    await revoke(key);
    await tell();
    const began = performance.now();
    for (const answer of waiting) expect(await answer).toMatchObject({ status: 401, page: { code: 'unauthorized' } });
    expect(performance.now() - began).toBeLessThan(15_000);
  }, 30_000);

  it('begins now, or with what was recorded at a time', async () => {
    await tell();
    const from = await head();
    expect((await read('?from=now')).page).toEqual({ events: [], position: from, more: false });
    await new Promise((wake) => setTimeout(wake, 20));
    const moment = new Date().toISOString();
    await new Promise((wake) => setTimeout(wake, 20));
    const positions = await tell(2);
    expect((await read(`?from=${moment}`)).page!.events.map(({ position }) => position)).toEqual(positions);
  });

  it('lets pass what was asked for: types, families, categories, customers by any of their ids, segments', async () => {
    const from = await head();
    await api.call(admin, 'POST', '/v1/events', [
      { id: 'r1', source: 'crm', type: 'customer.registered', customer: { system: 'crm', id: 'F-1' }, data: { name: 'One', segment: 'enterprise' } },
      { id: 'r2', source: 'crm', type: 'customer.registered', customer: { system: 'crm', id: 'F-2' }, data: { name: 'Two', segment: 'smb' } },
      { id: 't1', source: 'crm', type: 'ticket.opened', customer: { system: 'crm', id: 'F-1' }, data: { ticket: 'T-1', priority: 'high' } },
    ]);
    const ids = async (query: string) => (await read(`?after=${from}&${query}`)).page!.events.map(({ id }) => id).filter((id) => /^[rt]\d$/.test(id));
    expect(await ids('type=ticket.*')).toEqual(['t1']);
    expect(await ids('type=ticket.opened,customer.registered')).toEqual(['r1', 'r2', 't1']);
    expect(await ids('customer=crm:F-1')).toEqual(['r1', 't1']);
    expect(await ids('segment=smb')).toEqual(['r2']);
    expect(await ids('segment=enterprise,smb&type=ticket.*')).toEqual(['t1']);
    expect(await ids('category=insight')).toEqual([]);
    expect(await ids('category=journey')).toEqual(['r1', 'r2', 't1']);
  });

  it('shows a tenant nothing of another', async () => {
    const from = await head();
    await tell(2, { tenant: 'globex' });
    expect((await read(`?after=${from}`)).page!.events).toEqual([]);
    expect((await read(`?after=${from}`, await api.key('subscriber', 'globex'))).page!.events).toHaveLength(2);
  });

  it('keeps personal fields sealed, unless who may read customers asks for them', async () => {
    const from = await head();
    await api.call(admin, 'POST', '/v1/events', { id: 'p1', source: 'crm', type: 'contact.added', customer: 'c9', data: { contact: { system: 'crm', id: 'P-1' }, name: 'Jane Doe', role: 'user' } });
    const sealed = (await read(`?after=${from}&type=contact.added`)).page!;
    expect(sealed.events[0]!.data['name']).toEqual({ kid: expect.any(String), iv: expect.any(String), ct: expect.any(String) });
    expect((await read(`?after=${from}&type=contact.added&unseal=true`, admin)).page!.events[0]!.data['name']).toBe('Jane Doe');
    expect(await read(`?after=${from}&unseal=true`)).toMatchObject({ status: 403, page: { code: 'forbidden' } });
    expect((await read('', await api.key('ingest'))).status).toBe(403);
  });

  it.each([
    ['after=x', '/after'], ['from=yesterday', '/from'], ['after=1.1&from=now', '/from'], ['type=nothing.such', '/type'], ['category=x', '/category'], ['wait=31', '/wait'], ['limit=0', '/limit'], ['unseal=yes', '/unseal'], ['nothing=1', '/nothing'], ['type=', '/type'],
  ])('refuses %s by its place', async (query, pointer) => {
    expect(await read(`?${query}`)).toMatchObject({ status: 400, page: { code: 'invalid-parameter', errors: [{ pointer }] } });
  });

  it('refuses a position of another life of the log, and one beyond its end, each with what it is', async () => {
    expect(await read('?after=9.1')).toMatchObject({ status: 410, page: { code: 'foreign-epoch', detail: expect.stringContaining('a life that this log never had'), common: expect.stringMatching(/^1\.\d+$/) } });
    expect(await read('?after=1.999999999')).toMatchObject({ status: 410, page: { code: 'foreign-epoch', detail: expect.stringContaining('beyond the end of the log'), common: await head() } });
  });

  it.each(['crm:nobody', 'nobody', 'c1,nobody', 'no id'])('refuses customers of whom one is not known, as a typo would let nothing pass for ever: %s', async (customer) => {
    expect(await read(`?customer=${customer}`)).toMatchObject({ status: 404, page: { code: 'customer-unknown', detail: expect.stringContaining(`\`${customer.split(',').at(-1)!}\``), errors: [{ pointer: '/customer' }] } });
  });

  it('says what was meant by a parameter that it does not know', async () => {
    expect((await read('?types=ticket.*')).page!.errors).toEqual([{ pointer: '/types', detail: 'There is no `types` here. Did you mean `type`?' }]);
    expect((await read('?start=now')).page!.errors[0]!).toMatchObject({ detail: expect.stringContaining('`from`') });
  });
});

describe('The stream', () => {
  it('tells what happened and goes on with what happens, each with its position and its type', async () => {
    const from = await head();
    const before = await tell(3);
    const listener = listen(`?after=${from}`);
    await listener.heard(3);
    const after = await tell(2);
    await listener.heard(5);
    expect(listener.events.map(({ position }) => position)).toEqual([...before, ...after]);
    expect(listener.place).toBe(after[1]);
  });

  it('goes on after the last event that was heard, whatever its address says', async () => {
    const from = await head();
    const positions = await tell(4);
    const listener = listen(`?after=${from}`, { place: positions[1]! });
    await listener.heard(2);
    expect(listener.events.map(({ position }) => position)).toEqual(positions.slice(2));
  });

  it('says at once where it stands, so that who is cut off before the first event misses nothing', async () => {
    const listener = listen('?from=now');
    await listener.open();
    expect(listener.place).toBe(await head());
  });

  it('is refused like a page: a foreign life, a wrong id, a role that may not', async () => {
    for (const [listener, status, code] of [[listen('', { place: '9.1' }), 410, 'foreign-epoch'], [listen('', { place: 'x' }), 400, 'bad-request'], [listen('?unseal=true'), 403, 'forbidden']] as const) {
      await listener.ended;
      expect([listener.status, (JSON.parse(listener.body) as { code: string }).code]).toEqual([status, code]);
    }
  });

  it('ends within seconds when its key is revoked', async () => {
    const key = await api.key('subscriber');
    const listener = listen('?from=now', { key });
    await listener.open();
    await revoke(key);
    await listener.ended;
    expect(listener.status).toBe(200);
  }, 10_000);

  it('answers HEAD without opening', async () => {
    const response = await api.call(subscriber, 'HEAD', '/v1/events', undefined, { accept: 'text/event-stream' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  it('tells all who listen', async () => {
    const all = [...Array.from({ length: 60 }, () => listen('?from=now')), ...Array.from({ length: 60 }, () => listen('?from=now&type=ticket.*'))];
    await Promise.all(all.map((each) => each.open()));
    const positions: string[] = [];
    for (let turn = 0; turn < 20; turn++) positions.push(...await tell());
    await Promise.all(all.map((each) => each.heard(20)));
    for (const { events } of all) expect(events.map(({ position }) => position)).toEqual(positions);
  });

  it('holds a slow reader\'s place, and lets others go on', async () => {
    const from = await head();
    const [slow, quick] = [listen(`?after=${from}`), listen(`?after=${from}`)];
    await Promise.all([slow.open(), quick.open()]);
    await tell(1);
    await Promise.all([slow.heard(1), quick.heard(1)]);
    slow.pause();
    const subject = 'x'.repeat(900);
    // More than the buffers of a socket and one stretch hold.
    for (let turn = 0; turn < 40; turn++) await tell(250, { data: { subject } });
    await quick.heard(10_001, 30_000);
    const had = slow.events.length;
    expect(had).toBeLessThan(10_001);
    slow.goOn();
    await slow.heard(10_001, 30_000);
    expect(slow.events.map(({ position }) => position)).toEqual(quick.events.map(({ position }) => position));
  }, 90_000);
});
