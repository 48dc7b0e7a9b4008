import type { Import, Source } from './source.js';

const EVERY_LIB = ['#journey', '#insight', '#event-store', '#intake', '#read-model'];
/** Programs that talk to other systems. */
const AND_OUT = [...EVERY_LIB, '#outbound', '#kafka', '#startup', '#telemetry'];

/** Who may walk through whose door. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'libs/journey': [],
  'libs/insight': ['#journey'],
  'libs/event-store': ['#journey'],
  'libs/kafka': [],
  'libs/intake': ['#journey', '#event-store', '#kafka'],
  'libs/read-model': ['#journey', '#insight', '#event-store'],
  'libs/outbound': ['#journey', '#event-store', '#kafka'],
  'apps/api': AND_OUT,
  'apps/worker': AND_OUT,
  'apps/standalone': [...EVERY_LIB, '#startup', '#telemetry', '#infra'],
  'apps/cli': [...EVERY_LIB, '#startup'],
  infra: ['#journey', '#event-store', '#outbound', '#kafka'],
};

/** Every door there is. */
export const DOORS: readonly string[] = [...AND_OUT, '#infra'];

export const PURE: readonly string[] = ['libs/journey', 'libs/insight'];

/** A package that the language needs only for its types. */
const TYPES_OF_THE_LANGUAGE = 'json-schema-to-ts';

/** The only packages that each of the pure rooms needs: they are pure as well. */
export const TOOLS: Readonly<Record<string, readonly string[]>> = { 'libs/journey': ['luxon'], 'libs/insight': ['ml-matrix', 'stemmer'] };

/** Packages that a room does without: the log knows no framework, and the driver of a store or a broker is nobody else's. */
export const DOES_WITHOUT: Readonly<Record<string, readonly string[]>> = {
  'libs/event-store': ['@nestjs'],
  'libs/intake': ['pg', 'pg-copy-streams', 'kafkajs'],
  'libs/read-model': ['pg', 'pg-copy-streams', 'kafkajs'],
  'libs/outbound': ['pg', 'pg-copy-streams', 'kafkajs'],
  'libs/kafka': ['@nestjs', 'pg', 'pg-copy-streams'],
};

/** Rooms whose files may be imported by path: the standalone app puts the api and the worker together. */
export const PUTS_TOGETHER: Readonly<Record<string, readonly string[]>> = { 'apps/standalone': ['apps/api', 'apps/worker'] };

const IMPURE = /^(new Date\(\)|Date|Date\.now|DateTime\.(now|local|utc)|Math\.random|performance\.\w+|process\.\w+|process\[\]|(crypto\.)?(randomUUID|randomBytes|getRandomValues)|fetch|set(Timeout|Interval|Immediate))$/;
const CONNECTS = /^new (pg\.)?(Pool|Client|Database)$/;
/** A thread is a program of its own: it cannot use the connections of who starts it. */
const MAY_CONNECT = /^(apps\/|infra\/(postgres|startup|telemetry)\/|libs\/event-store\/src\/postgres\/|libs\/read-model\/src\/simulate\/thread\.ts$)/;
const ENVIRONMENT = /^process\.env$/;
const MAY_SEE_ENVIRONMENT = /^apps\/[a-z-]+\/src\/main\.ts$/;
const DOOR = /^(infra|infra\/(startup|telemetry)|libs\/[a-z-]+\/src)\/index\.ts$/;
const MIGRATIONS = /\/migrations\/index\.ts$/;

/** A rule says what is wrong with a file; nothing when all is well. */
export type Rule = (source: Source) => readonly string[];

const imports = (source: Source, refused: (found: Import) => boolean): string[] =>
  source.imports.filter(refused).map(({ target }) => `${source.path} imports ${target}`);

const uses = (source: Source, refused: (use: string) => boolean): string[] => [...source.uses].filter(refused).map((use) => `${source.path} uses ${use}`);

export const HOUSE_RULES: Readonly<Record<string, Rule>> = {
  'each room imports only through the doors that the plan allows': (source) =>
    imports(source, ({ target }) => target.startsWith('#') && !MAY_IMPORT[source.room]?.includes(target)),

  'a relative import stays in its room; only the standalone app puts the api and the worker together': (source) =>
    imports(source, ({ target, relative }) =>
      relative && ![source.room, ...PUTS_TOGETHER[source.room] ?? []].some((room) => target.startsWith(`${room}/`))),

  'the language and the arithmetic need no package but luxon for time zones, ml-matrix for linear algebra and stemmer for the stems of words; the language takes types from json-schema-to-ts': (source) => (PURE.includes(source.room)
    ? imports(source, ({ target, relative, typeOnly }) => !relative && !target.startsWith('#') && !TOOLS[source.room]!.includes(target) && !(source.room === 'libs/journey' && typeOnly && target === TYPES_OF_THE_LANGUAGE))
    : []),

  'no room takes a package that it is to do without': (source) =>
    imports(source, ({ target }) => DOES_WITHOUT[source.room]?.some((name) => target === name || target.startsWith(`${name}/`)) === true),

  'the language and the arithmetic know no clock, no chance and no environment': (source) =>
    (PURE.includes(source.room) ? uses(source, (use) => IMPURE.test(use)) : []),

  'the environment is handed over by the main of an app and read through its settings class': (source) => (PURE.includes(source.room) || MAY_SEE_ENVIRONMENT.test(source.path) ? []
    : [...uses(source, (use) => ENVIRONMENT.test(use)), ...imports(source, ({ target }) => /^(node:)?process$/.test(target))]),

  'connections are opened only where programs are put together': (source) => (MAY_CONNECT.test(source.path) ? [] : uses(source, (use) => CONNECTS.test(use))),

  'a read model reads a tenant only through inTenant': (source) =>
    (source.room === 'libs/read-model' ? uses(source, (use) => /\.(transaction|connect)$/.test(use) && !use.startsWith('worker.')) : []),

  'no file is longer than 250 lines, but for declarations': ({ path, lines }) =>
    (lines > 250 && !path.startsWith('libs/journey/src/types/') ? [`${path} has ${lines} lines`] : []),

  'no constructor takes more than five parameters': ({ path, longestConstructor }) =>
    (longestConstructor > 5 ? [`${path} has a constructor with ${longestConstructor} parameters`] : []),

  'there are no barrels but the doors and the lists of migrations': ({ path }) =>
    (path.endsWith('/index.ts') && !DOOR.test(path) && !MIGRATIONS.test(path) ? [`${path} is a barrel`] : []),
};
