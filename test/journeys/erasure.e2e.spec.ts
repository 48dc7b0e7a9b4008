import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { beginRebuild, listParked } from '#event-store';
import type { JourneyEvent } from '#journey';
import { createApi } from '../../apps/api/src/create-api.js';
import { startApi, type TestApi } from '../../apps/api/src/testing/start-api.js';
import { customerSteps } from '../../libs/read-model/src/customers/customer-state.js';
import { CustomersProjection } from '../../libs/read-model/src/customers/customers-projection.js';
import { EntitiesProjection } from '../../libs/read-model/src/entities/entities-projection.js';
import { entityTables } from '../../libs/read-model/src/entities/entity-tables.js';
import { TimelineProjection } from '../../libs/read-model/src/timeline/timeline-projection.js';
import { timelineSteps } from '../../libs/read-model/src/timeline/touch-row.js';
import { caughtUp, rebuilt, rowsOf } from '../support/read-models.js';

const QUIRINA = 'quirina.vexholm@zephyr-mail.example';
/** What was said by her and about her; each stands in one field. */
const hers = {
  name: 'Quirina Vexholm', email: QUIRINA, phone: '+49 555 8713', title: 'Chief Zymurgist', subject: 'Xylophones do not print', reply: 'Broken since the gala', verbatim: 'Your clerk was asleep',
  revised: 'Your clerk was fast asleep', note: 'Dreams of a harbour office', shared: 'Quarrelled with Otto over mauve', own: 'Left handed, likes okapis', parked: 'Will complain to the margrave', later: 'Back as Quirina Nettle',
};
const others = { name: 'Otto Brunn', note: 'Board wants teal' };

/** Throws, for one customer, an error that quotes all that it was given. */
const fault = { on: true };
const check = (events: readonly JourneyEvent[]) => {
  const bad = events.find(({ type, stream }) => fault.on && stream.id === 'held' && type === 'survey.responded');
  if (bad) throw new TypeError(`Cannot read ${JSON.stringify(bad.data)}`);
};
const faulty = [
  new CustomersProjection({
    ...customerSteps, addToState: (state, event, ...rest) => { check([event]); customerSteps.addToState(state, event, ...rest); },
    refold: (state, stream, ...rest) => { check(stream); customerSteps.refold(state, stream, ...rest); },
  }),
  new TimelineProjection({ touchOf: (event) => { check([event]); return timelineSteps.touchOf(event); }, touchesOf: (stream) => { check(stream); return timelineSteps.touchesOf(stream); } }),
  new EntitiesProjection(entityTables.map((table) => ({ ...table, entityOf: (event) => { check([event]); return table.entityOf(event); } }))),
];

let api: TestApi;
let admin: string;
let dba: pg.Client;
let told = 0;
beforeAll(async () => {
  api = await startApi({ following: faulty });
  admin = await api.key('operator');
  dba = new pg.Client(api.database.adminUrl);
  await dba.connect();
}, 60_000);
afterAll(async () => {
  await dba.end();
  await api.stop();
});

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const fact = (customer: string, type: string, days: number, data: object) => ({ id: `f-${++told}`, source: 'crm', type, time: ago(days), customer, data });
const answer = (verbatim: string) => ({ survey: 'V-1', instrument: { kind: 'csat', min: 1, max: 5 }, score: 2, contact: { system: 'desk', id: QUIRINA.toUpperCase() }, verbatim, wantsContact: true });
const send = async (body: unknown, path = '/v1/events', type = 'application/json') => {
  const response = await api.call(admin, 'POST', path, body, { 'content-type': type });
  const text = await response.text();
  expect({ ok: response.ok, refused: /"status":"(rejected|conflict)"/.exec(text)?.[0] && text }).toEqual({ ok: true, refused: undefined });
};

/** Everything that a reader can be told, by the API and on its pages: by the one that erased, and by one that has just started. */
async function allAnswers(): Promise<string> {
  const another = await createApi({ databaseUrl: api.database.url, masterKey: api.masterKey, logLevel: 'silent' });
  try {
    await another.listen(0, '127.0.0.1');
    return `${await answersOf(api.url)}\n${await answersOf(await another.getUrl())}`;
  } finally {
    await another.close();
  }
}

async function answersOf(url: string): Promise<string> {
  const paths = ['/v1/today?limit=100', '/v1/customers?status=all&owner=all', '/v1/portfolio', '/', '/customers', '/portfolio', '/v1/admin/projections/parked', '/v1/admin/doctor',
    ...['north', 'held', 'south'].flatMap((id) => ['', '/timeline?limit=100', '/health', '/health/history', '/health/difference'].map((what) => `/v1/customers/${id}${what}`).concat(`/customers/${id}`))];
  const texts = await Promise.all(paths.map(async (path) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${admin}`, ...(path.startsWith('/v1/') ? {} : { accept: 'text/html' }) } });
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return response.text();
  }));
  return texts.join('\n');
}
const saidIn = (text: string, said: Record<string, string>) => Object.entries(said).filter(([, words]) => text.toLowerCase().includes(words.toLowerCase())).map(([field]) => field);

/** Every row of every table of ours, whole, as text; bytes are searched as bytes. @returns where one of the words stands */
async function grep(words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await dba.query<{ name: string }>(`select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await dba.query<{ row: string }>(`select "whole row"::text as row from ${name} as "whole row"`);
    const texts = rows.map(({ row }) => row.toLowerCase());
    found.push(...words.filter((word) => texts.some((text) => text.includes(word.toLowerCase()) || text.includes(Buffer.from(word).toString('hex')))).map((word) => `${name}: ${word}`));
  }
  return found;
}

/** Figures without the head of the log, which the certificate moves. */
async function figures(): Promise<string> {
  const at = new Date(Date.now() - 60_000).toISOString();
  const texts = await Promise.all(['/v1/portfolio', '/v1/customers?status=all&owner=all', ...['north', 'held', 'south'].flatMap((id) => ['', `?asOf=${ago(3).slice(0, 10)}`].map((moment) => `/v1/customers/${id}/health${moment}`)),
    `/v1/customers/north/health/difference?from=${ago(30).slice(0, 10)}&to=${at.slice(0, 10)}`, '/v1/customers/north/health/history'].map(async (path) => (await api.call(admin, 'GET', path)).text()));
  const { items, ...list } = await (await api.call(admin, 'GET', '/v1/today?limit=100')).json() as { items: { say: unknown; contact: { name: unknown } | null }[] };
  const today = { ...list, items: items.map(({ say: _words, contact, ...item }) => ({ ...item, contact: { ...contact, name: null } })) };
  expect(items.length).toBeGreaterThan(0);
  return [...texts, JSON.stringify(today)].join('\n').replaceAll(/"(position|asOf|knownAt|at)":"[^"]*[.T][^"]*"/g, '"$1":""');
}

describe('A person who is erased', () => {
  it('is told of through every door, read by everybody, and stands nowhere in the database in the clear', async () => {
    await send([
      ...['north', 'held', 'south'].map((customer) => fact(customer, 'customer.registered', 400, { name: `Customer ${customer}`, owner: 'anna' })),
      fact('north', 'subscription.started', 390, { subscription: 'S-1', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', termMonths: 12, noticeDays: 30, autoRenew: true }),
      ...['north', 'held'].map((customer) => fact(customer, 'contact.added', 380, { contact: QUIRINA, name: hers.name, email: hers.email, phone: hers.phone, title: hers.title, role: 'payer', sponsor: true })),
      fact('north', 'contact.added', 370, { contact: 'otto', name: others.name, role: 'user' }),
      fact('south', 'contact.added', 370, { contact: QUIRINA, name: hers.name, role: 'user' }),
      fact('north', 'invoice.issued', 60, { invoice: 'I-1', amount: { amount: 100_000, currency: 'EUR' }, dueOn: ago(40).slice(0, 10) }), fact('north', 'invoice.overdue', 39, { invoice: 'I-1' }),
      ...[90, 80, 70, 60, 50, 40, 30, 20, 10].map((days) => fact('north', 'usage.reported', days, { from: ago(days + 7).slice(0, 10), to: ago(days).slice(0, 10), licensed: 100, active: days })),
      fact('north', 'subscription.cancellation-requested', 3, { subscription: 'S-1', reason: 'service' }),
      fact('north', 'ticket.opened', 9, { ticket: 'T-1', priority: 'urgent', contact: QUIRINA, subject: hers.subject }),
      fact('north', 'ticket.reopened', 8, { ticket: 'T-1', reason: others.note }),
      fact('north', 'engagement.call-held', 7, { twoWay: true, with: [QUIRINA], note: hers.note }),
      fact('north', 'engagement.meeting-held', 6, { twoWay: true, with: ['otto', QUIRINA], note: hers.shared }),
      fact('north', 'x-lab.note', 6, { contact: QUIRINA, free: hers.own }),
    ]);
    await send({ specversion: '1.0', id: 'ce-1', source: 'desk', type: 'ticket.replied', subject: 'north', time: ago(5), data: { ticket: 'T-1', by: 'customer', contact: QUIRINA, text: hers.reply } }, '/v1/events', 'application/cloudevents+json');
    const first = fact('north', 'survey.responded', 4, answer(hers.verbatim));
    await send([first, fact('held', 'survey.responded', 4, answer(hers.parked))].map((line) => JSON.stringify(line)).join('\n'), '/v1/events/import?import=answers', 'application/x-ndjson');
    await send([fact('north', 'record.amended', 0, { event: { source: first.source, id: first.id }, data: answer(hers.revised), reason: 'Cut short' })]);
    await caughtUp(api.connections.worker, api.connections.store);
    expect((await listParked(api.connections.worker, { tenant: 'acme' })).map(({ customer, error }) => [customer, error.includes('verbatim')])).toContainEqual(['held', true]);

    const { later: _later, parked: _parked, ...readable } = hers;
    const text = await allAnswers();
    for (const said of [readable, others]) expect(saidIn(text, said)).toEqual(Object.keys(said));
    expect(await grep([...Object.values(hers), ...Object.values(others)])).toEqual([]);
  }, 60_000);

  it('would be found by the search if anything stood in the clear, in any kind of column', async () => {
    await dba.query(`create table touchline.planted (t text, j json, jb jsonb, b bytea); insert into touchline.import (tenant, id, retracted_because) values ('acme', 'planted', 'about ${hers.title}')`);
    await dba.query('insert into touchline.planted values ($1, null, null, null), (null, $2, null, null), (null, null, $2, null), (null, null, null, $3)', [hers.name, JSON.stringify({ a: [hers.note] }), Buffer.from(`.${hers.reply}.`)]);
    expect(await grep(Object.values(hers))).toEqual([`touchline.import: ${hers.title}`, `touchline.planted: ${hers.name}`, `touchline.planted: ${hers.reply}`, `touchline.planted: ${hers.note}`]);
    await dba.query(`drop table touchline.planted; delete from touchline.import where id = 'planted'`);
  });

  it('can be read by nobody afterwards, while every figure, count and row is as before', async () => {
    const { worker, store } = api.connections;
    const before = { rows: await rowsOf(worker, ['acme']), figures: await figures() };
    const response = await api.call(admin, 'POST', `/v1/contacts/${encodeURIComponent(QUIRINA)}/erase`, { reason: 'asked-by-person', reference: 'DSR-1' });
    const certificate: unknown = await response.json();
    expect(certificate).toMatchObject({ facts: 11, fields: 17, customers: [{ customer: 'north', facts: 8, fields: 11 }, { customer: 'held', facts: 2, fields: 5 }, { customer: 'south', facts: 1, fields: 1 }] });
    expect((await dba.query('select wrapped, destroyed_at is not null as destroyed from touchline.subject_key join touchline.erasure using (tenant, subject)')).rows).toEqual([{ wrapped: null, destroyed: true }]);
    await caughtUp(worker, store);

    const text = await allAnswers();
    expect(saidIn(text, hers)).toEqual([]);
    expect(saidIn(text, others)).toEqual(Object.keys(others));
    expect(text).toContain('the personal data of a contact was erased');
    expect(await grep(Object.values(hers))).toEqual([]);
    expect(JSON.stringify(certificate)).not.toMatch(/quirina|vexholm|zephyr/i);

    expect(await figures()).toBe(before.figures);
    const rows = await rowsOf(worker, ['acme']);
    const still = (all: typeof rows) => all.customers.map(({ position, ...row }) => row);
    expect(JSON.stringify(still(rows))).toBe(JSON.stringify(still(before.rows)));
    expect(JSON.stringify(rows.timeline.filter(({ type }) => type !== 'contact.erased'))).toBe(JSON.stringify(before.rows.timeline));
    expect(rows.timeline.filter(({ type }) => type === 'contact.erased').map(({ customer, standing }) => [customer, standing])).toEqual([['north', true], ['south', true]]);
  }, 60_000);

  it('leaves rows that a rebuild gives again, also of a customer who is held back, and who is freed later', async () => {
    const { worker, store } = api.connections;
    await send([fact('north', 'contact.added', 0, { contact: QUIRINA, name: hers.later, role: 'payer', sponsor: true })]);
    await caughtUp(worker, store);
    const rebuildEquals = async () => {
      const live = await rowsOf(worker, ['acme']);
      const begun = new Map<string, number>();
      for (const projection of faulty) begun.set(projection.name, await beginRebuild(worker, projection));
      await rebuilt(worker, store, begun);
      expect(JSON.stringify(await rowsOf(worker, ['acme']))).toBe(JSON.stringify(live));
      for (const { name } of faulty) expect((await api.call(admin, 'POST', `/v1/admin/projections/${name}/drop`)).status).toBe(200);
    };
    await rebuildEquals();
    fault.on = false;
    expect(await (await api.call(admin, 'POST', '/v1/admin/projections/retry')).json()).toMatchObject({ parked: [] });
    await caughtUp(worker, store);
    await rebuildEquals();
    expect((await rowsOf(worker, ['acme'])).timeline.filter(({ type }) => type === 'contact.erased')).toHaveLength(3);
    expect(saidIn(await allAnswers(), hers)).toEqual([]);
    expect(await grep(Object.values(hers))).toEqual([]);
  }, 120_000);
});
