import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const FOLDERS = ['apps', 'libs', 'infra'];
const MAY_IMPORT: Record<string, readonly string[]> = {
  'libs/journey': [], 'libs/insight': ['#journey'], 'libs/event-store': ['#journey'], 'libs/intake': ['#journey', '#event-store'],
  'libs/read-model': ['#journey', '#insight', '#event-store'], infra: ['#journey'],
  'apps/api': ['#journey', '#insight', '#event-store', '#intake', '#read-model'], 'apps/worker': ['#journey', '#insight', '#event-store', '#intake', '#read-model'],
  'apps/standalone': ['#journey', '#event-store', '#intake', '#read-model', '#infra'], 'apps/cli': ['#journey', '#insight', '#event-store', '#intake', '#read-model', '#infra'],
};
const IMPURE = /new Date\(\)|Date\.now|Math\.random|randomUUID|randomBytes|process\.|performance\.now|from 'node:/;

interface Source { readonly path: string; readonly room: string; readonly text: string; readonly imports: readonly string[] }

const sources: Source[] = FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.includes('/testing/') && !path.endsWith('.suite.ts'))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path, room: path.startsWith('infra') ? 'infra' : path.split('/').slice(0, 2).join('/'), text, imports: importsOf(text) };
  });

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import) ?\(?'([^']+)'/g)].map(([, name]) => name!);
}

const offenders = (bad: (source: Source) => boolean) => sources.filter(bad).map(({ path }) => path);

describe('The house', () => {
  it('was looked at as a whole', () => {
    expect(new Set(sources.map(({ room }) => room))).toEqual(new Set(Object.keys(MAY_IMPORT)));
  });

  it('lets each room import only what the plan allows', () => {
    expect(offenders(({ room, imports }) => imports.some((name) => name.startsWith('#') && !MAY_IMPORT[room]!.includes(name)))).toEqual([]);
  });

  it('keeps relative imports inside their room; only the standalone app composes the api and the worker', () => {
    expect(offenders(({ path, room, imports }) => imports.some((name) => {
      if (!name.startsWith('.')) return false;
      const target = relative('.', join(dirname(path), name));
      return !target.startsWith(`${room}/`) && !(room === 'apps/standalone' && /^apps\/(api|worker)\//.test(target));
    }))).toEqual([]);
  });

  it('keeps the language free of every package, and language and arithmetic free of clock, chance and environment', () => {
    expect(offenders(({ room, imports }) => room === 'libs/journey' && imports.some((name) => !name.startsWith('.') && name !== 'json-schema-to-ts'))).toEqual([]);
    expect(offenders(({ room, text }) => (room === 'libs/journey' || room === 'libs/insight') && IMPURE.test(text))).toEqual([]);
  });

  it('opens connections only where programs are put together, and reads a tenant only through inTenant', () => {
    expect(offenders(({ room, text }) => /new (Database|pg\.Pool)\(/.test(text) && !room.startsWith('apps/') && room !== 'libs/event-store')).toEqual([]);
    expect(offenders(({ room, text }) => room === 'libs/read-model' && /reader\.(transaction|connect)\(/.test(text))).toEqual([]);
  });

  it('has no file above 250 lines but for declarations, no constructor with more than five dependencies, no barrels but the doors', () => {
    expect(offenders(({ path, text }) => text.split('\n').length > 250 && !path.startsWith('libs/journey/src/types/'))).toEqual([]);
    expect(offenders(({ text }) => [...text.matchAll(/constructor\(([^)]*)\)/g)].some(([, list]) => list!.split(',').filter((part) => part.trim()).length > 5))).toEqual([]);
    expect(offenders(({ path }) => path.endsWith('/index.ts') && !/^(infra|libs\/[a-z-]+\/src)\/index\.ts$/.test(path) && !path.endsWith('/migrations/index.ts'))).toEqual([]);
  });
});
