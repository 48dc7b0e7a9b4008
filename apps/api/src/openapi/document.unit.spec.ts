import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#journey';
import { openApiDocument, openApiText } from './document.js';
import { portable } from './portable.js';

const FILE = new URL('../../openapi.json', import.meta.url);
if (process.env['UPDATE'] === '1') writeFileSync(FILE, openApiText());

/** Everything inside a value, with its path. */
function* parts(value: unknown, path = ''): Generator<[path: string, part: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  yield [path, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) yield* parts(inner, `${path}/${key}`);
}

describe('The committed OpenAPI document', () => {
  const document = openApiDocument() as any;

  it('is the one that the code makes; UPDATE=1 writes it anew', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(openApiText());
  });

  it('holds the data of every event type as the catalogue has it, but of those that only we write', () => {
    for (const { type, schema } of eventTypes.filter(({ internal }) => !internal)) expect(document.components.schemas[type]).toMatchObject(portable(schema) as object);
    expect(document.components.schemas['clock.day-closed']).toBeUndefined();
  });

  it('points only at schemas that it has, and has none that nothing points at', () => {
    const pointed = new Set([...parts(document)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref.replace('#/components/schemas/', '')] : [])));
    const lines = ['ImportedEvent', 'ImportLine', 'VerifyLine', 'ChurnLine', 'ScorecardLine', 'ScorecardSimulationLine', 'ScorecardProposalLine', 'LogExportLine'];
    expect([...pointed, ...lines].sort()).toEqual([...new Set(Object.keys(document.components.schemas))].sort());
  });

  it('describes every parameter, every answer and every field of an answer', () => {
    const silent = [...parts(document.paths), ...parts(document.components.schemas)].flatMap(([path, { properties }]) => (
      typeof properties !== 'object' || properties === null || /oneOf|\/problem\+json/.test(path) ? [] : Object.entries(properties as Record<string, { description?: string; $ref?: string }>)
        .filter(([, field]) => !field.description && !field.$ref).map(([name]) => `${path}/${name}`)));
    const parameters = [...parts(document.paths)].filter(([path, { description }]) => /\/parameters\/\d+$|\/responses\/\d+$/.test(path) && !description).map(([path]) => path);
    expect([...silent.filter((path) => !path.endsWith('/status')), ...parameters]).toEqual([]);
  });

  it('gives each operation a name of its own and a tag that is described', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path as object)) as { operationId: string; tags: string[] }[];
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const tags = document.tags.map(({ name }: { name: string }) => name);
    for (const { tags: [tag] } of operations) expect(tags).toContain(tag);
  });
});
