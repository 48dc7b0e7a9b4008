import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Database, migrate, PostgresEventStore } from '#event-store';
import { allMigrations } from '../../apps/api/src/all-migrations.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { EVENTS, fill } from './fill.js';

const inOrder = [...allMigrations].sort((a, b) => Number(a.name.slice(-13)) - Number(b.name.slice(-13)));
/** Two that were released after `LeanAppends`, though their numbers say before. */
const OVERTAKEN = ['Merges1764300000101', 'Erasures1764300000200'];
const overtaken = inOrder.filter(({ name }) => OVERTAKEN.includes(name));
const whatStood = inOrder.slice(0, inOrder.findIndex(({ name }) => name === 'LeanAppends1764300000501') + 1).filter((each) => !overtaken.includes(each));
const states = [
  ...inOrder.map((migration, index): [string, typeof inOrder] => [migration.name, inOrder.slice(0, index + 1)]),
  [`${whatStood.at(-1)!.name} without ${OVERTAKEN.join(' and ')}`, whatStood] satisfies [string, typeof inOrder],
];
const ROOT = new URL('../../', import.meta.url);
const LOCK = new URL('migrations.lock.json', import.meta.url);

describe('The schema', () => {
  let database: TestDatabase | undefined;
  afterEach(() => database?.drop());

  it.each(states)('comes up to date from %s on, with every fact where it was', async (_name, before) => {
    database = await freshDatabase((owner) => migrate(owner, before).then(() => undefined));
    await fill(database.url);
    expect(await migrate(database.url, allMigrations)).toEqual(inOrder.filter((each) => !before.includes(each)).map(({ name }) => name));
    const worker = new Database(database.url, 'touchline_worker', 2);
    const store = new PostgresEventStore(worker);
    try {
      const { events, position } = await store.readAll(null, 1_000);
      expect(events.map(({ id, stream, revision, data }) => [id, stream.id, revision, data['name']])).toEqual(
        Array.from({ length: EVENTS }, (_, index) => [`e-${index + 1}`, `c-${index % 4}`, Math.floor(index / 4), `Größe \\ "${index + 1}"`]));
      expect(events[20]).toMatchObject({ importId: 'first', actor: { kind: 'person', id: 'ann' }, recordedAt: '2026-01-06T10:00:00.120Z', occurredAt: '2026-01-05T10:00:00.000Z' });
      expect(position).toBe(`1.${EVENTS}`);
      expect(await store.append([7, 8].map((n) => append(n, n === 8 ? 'another-hash' : `hash-${n}`)))).toMatchObject([{ status: 'duplicate', positions: ['1.7'] }, { status: 'conflict' }]);
      expect(await store.append([{ ...append(EVENTS + 1, 'new'), expected: EVENTS / 4 - 1 }])).toMatchObject([{ status: 'appended' }]);
    } finally {
      await store.close();
      await worker.close();
    }
  });

  it('is only ever added to: a migration that has been released is not edited', () => {
    const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => /^(apps|libs)\/.*migration[^/]*(\/\d+-[^/]*)?\.ts$/.test(file) && !file.includes('node_modules') && !/index\.ts$/.test(file)).sort();
    const hashes = Object.fromEntries(files.filter((file) => /implements MigrationInterface/.test(readFileSync(new URL(file, ROOT), 'utf8')))
      .map((file) => [file, createHash('sha256').update(readFileSync(new URL(file, ROOT))).digest('hex').slice(0, 16)]));
    expect(Object.keys(hashes)).toHaveLength(allMigrations.length);
    if (process.env['UPDATE']) writeFileSync(LOCK, `${JSON.stringify(hashes, null, 2)}\n`);
    expect(hashes).toEqual(JSON.parse(readFileSync(LOCK, 'utf8')));
  });
});

function append(n: number, bodyHash: string) {
  return {
    stream: { tenant: 'acme', category: 'customer', id: `c-${(n - 1) % 4}` }, expected: 'any' as const,
    events: [{ source: 'crm', id: `e-${n}`, type: 'customer.registered', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'person', id: 'ann' } as const, data: { name: 'N' }, bodyHash }],
  };
}
