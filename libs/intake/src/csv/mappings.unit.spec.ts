import { describe, expect, it } from '@jest/globals';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLimits } from '../limits.js';
import { parseItem } from '../record-events/parse-item.js';
import { mapFile, type MappedRow } from './map-rows.js';
import { loadMapping } from './mapping/load-mapping.js';
import { ruleWords, sourceWords, stepWords, testWords } from './mapping/words.js';
import { mappingSchema } from './mapping/mapping-schema.js';
import { readLookup } from './read/lookups.js';
import type { LookupTable } from './scope.js';
import { mapText } from './testing.js';

const mappings = 'libs/intake/mappings';
const samples = 'test/fixtures/csv';
const names = readdirSync(mappings).filter((file) => file.endsWith('.yaml')).map((file) => file.replace('.yaml', ''));
const context = { tenant: 't', actor: { kind: 'system', id: 'test' }, mayDeclareObservedAt: true, receivedAt: new Date('2026-01-01T00:00:00Z') } as const;

async function mapSample(name: string): Promise<MappedRow[]> {
  const loaded = loadMapping(readFileSync(join(mappings, `${name}.yaml`), 'utf8'));
  const lookups = new Map<string, LookupTable>();
  for (const [key, spec] of Object.entries(loaded.mapping.lookups ?? {})) lookups.set(key, await readLookup(key, spec, createReadStream(join(samples, spec.file))));
  const file = ['csv', 'txt'].map((ending) => join(samples, `${name}.${ending}`)).find((path) => existsSync(path))!;
  const rows: MappedRow[] = [];
  for await (const row of (await mapFile(createReadStream(file), loaded, lookups)).rows) rows.push(row);
  return rows;
}

describe.each(names)('The mapping %s', (name) => {
  it('makes of its sample exactly the events written down, and the door takes them', async () => {
    const rows = await mapSample(name);
    const expected = readFileSync(join(samples, `${name}.expected.ndjson`), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(rows).toEqual(expected);
    const events = rows.flatMap((row) => ('events' in row ? row.events : []));
    const refused = events.map((event) => parseItem({ form: 'plain', value: event }, context, defaultLimits)).filter((item) => 'problem' in item);
    expect(refused).toEqual([]);
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(events.length);
  });
});

describe('The README of the mappings', () => {
  const readme = readFileSync(join(mappings, 'README.md'), 'utf8');

  it('explains every word', () => {
    const envelope = Object.keys(mappingSchema.properties);
    const inner = [mappingSchema.properties.file.properties, mappingSchema.properties.rows.properties, mappingSchema.properties.events.items.properties].flatMap(Object.keys);
    const words = [sourceWords, stepWords, testWords, ruleWords].flatMap(Object.keys);
    expect([...envelope, ...inner, ...words].filter((word) => !readme.includes(`\`${word}\``))).toEqual([]);
  });

  it('shows a first mapping that works', async () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)![1]!;
    const rows = await mapText(yaml, 'opportunity_id,account,product,deal_stage,engage_date,close_date,close_value\nO1,Acme,Box,Won,2026-01-10,2026-02-01,99.90\n');
    expect(rows).toEqual([{ row: 1, line: 2, events: [
      { id: 'O1:opened', source: 'crm', type: 'sale.opportunity-opened', time: '2026-01-09T23:00:00.000Z', customer: { system: 'crm', id: 'Acme' }, data: { opportunity: 'O1', product: 'Box' }, observedAt: '2026-01-09T23:00:00.000Z' },
      { id: 'O1:won', source: 'crm', type: 'sale.won', time: '2026-01-31T23:00:00.000Z', customer: { system: 'crm', id: 'Acme' }, data: { opportunity: 'O1', amount: { amount: 9990, currency: 'EUR' } }, observedAt: '2026-01-31T23:00:00.000Z' },
    ] }]);
  });
});
