import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { VARIABLES } from '../startup/variables.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly profiles?: readonly string[];
  readonly healthcheck?: unknown;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string; required?: boolean }>>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const { services, volumes } = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, null> };
const dockerfile = readFileSync('Dockerfile', 'utf8');
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);

describe('The compose file', () => {
  it('gives our programs only variables that they read', () => {
    const known = new Set(VARIABLES.map(({ name }) => name));
    const given = new Set([...ours.flatMap(([, { environment }]) => Object.keys(environment!)), ...dockerfile.match(/(?<=^ENV .*)[A-Z_]+(?==)/gm)!]);
    expect([...given].filter((name) => !known.has(name) && name !== 'NODE_ENV')).toEqual([]);
  });

  it('has no secret of its own, and no start without one', () => {
    const secret = Object.values(services).flatMap(({ environment = {} }) => Object.entries(environment)).filter(([name]) => /PASSWORD|KEY$|^DATABASE_URL$/.test(name));
    expect(secret.length).toBeGreaterThan(5);
    expect(secret.filter(([, value]) => !/\$\{\w+:\?/.test(value))).toEqual([]);
    expect(dockerfile).not.toMatch(/^(ENV|ARG).*(PASSWORD|DATABASE_URL|MASTER_KEY)/m);
  });

  it('is told nothing by one command that the next one would not say: choices are lines of .env', () => {
    const told = ['docker-compose.yml', 'README.md', 'infra/compose/README.md', 'infra/observability/README.md', 'infra/observability/alerts.yml', 'libs/event-store/EVENTSTOREDB.md'].flatMap((path) => readFileSync(path, 'utf8').split('\n'));
    expect(told.filter((line) => /docker compose (up|run)/.test(line)).length).toBeGreaterThan(5);
    expect(told.filter((line) => /\b[A-Z_]+=\S+ docker compose|docker compose --profile/.test(line))).toEqual([]);
  });

  it('opens doors to this machine only', () => {
    expect(Object.values(services).flatMap(({ ports = [] }) => ports).filter((port) => !/^127\.0\.0\.1:/.test(port))).toEqual([]);
  });

  it('lets one job change the schema, and everything of ours wait for it', () => {
    expect(ours.filter(([, { command }]) => command?.includes('--migrate')).map(([name]) => name)).toEqual(['migrate']);
    for (const name of ['api', 'worker']) expect(services[name]!.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' }, postgres: { condition: 'service_healthy' } });
  });

  it('waits for nobody who says nothing of their health, nor for one who may not be started', () => {
    const waits = Object.values(services).flatMap(({ depends_on = {}, profiles = [] }) => Object.entries(depends_on).map(([name, { condition, required }]) => ({ name, condition, required, profiles })));
    expect(waits.filter(({ name, condition }) => condition === 'service_healthy' && !services[name]!.healthcheck)).toEqual([]);
    expect(waits.filter(({ name, required, profiles }) => services[name]!.profiles && required !== false && profiles.join() !== services[name]!.profiles!.join())).toEqual([]);
  });

  it('runs ours without rights, on a file system that cannot be written', () => {
    expect(ours.length).toBe(3);
    for (const [, service] of ours) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], init: true });
    expect(dockerfile).toMatch(/^USER 1000$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  });

  it('has the Kafka that the tests run against, and the Node', () => {
    expect(services['kafka']!.image).toBe(`apache/kafka:${/KAFKA_VERSION = '(.*)'/.exec(readFileSync('infra/kafka/jars.ts', 'utf8'))![1]}`);
    expect(new Set(dockerfile.match(/(?<=^FROM )\S+/gm))).toEqual(new Set([`node:${/NODE_24=(.*)/.exec(readFileSync('.ci/run', 'utf8'))![1]}-bookworm-slim`]));
  });

  it('names volumes that there are and of which the README says what they hold, and files that there are', () => {
    const used = Object.values(services).flatMap((service) => service.volumes ?? []).map((volume) => volume.split(':')[0]!);
    expect(used.filter((name) => !name.startsWith('./')).sort()).toEqual(Object.keys(volumes).sort());
    for (const path of used.filter((name) => name.startsWith('./'))) statSync(path);
    const backups = /## Backups\n([^]*?)\n## /.exec(readFileSync('infra/compose/README.md', 'utf8'))![1]!;
    expect(Object.keys(volumes).filter((name) => !new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm').test(backups))).toEqual([]);
  });
});

describe('The script that makes .env', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    mkdirSync(join(folder, 'infra/compose'), { recursive: true });
    cpSync('infra/compose/secrets.sh', join(folder, 'infra/compose/secrets.sh'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = () => spawnSync('sh', ['infra/compose/secrets.sh'], { cwd: folder, encoding: 'utf8' });
  const made = () => readFileSync(join(folder, '.env'), 'utf8');

  it('makes every secret that the compose file asks for, fit for where it goes, for its owner to read', () => {
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    const values = new Map(made().split('\n').filter((line) => /^\w+=/.test(line)).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    for (const [, name] of text.matchAll(/\$\{(\w+):\?/g)) expect([name, values.get(name!)]).toEqual([name, expect.stringMatching(name === 'TOUCHLINE_MASTER_KEY' ? /^[A-Za-z0-9+/]{43}=$/ : /^[0-9a-f]{48}$/)]);
    expect(new Set(values.values()).size).toBe(values.size);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  });

  it('has a line for every choice that the compose file leaves, and for its profiles', () => {
    const lines = new Map([...made().matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]));
    const choices = [...text.matchAll(/\$\{(\w+):-/g)].map(([, name]) => name!);
    expect(choices).toContain('EVENT_STORE');
    expect(choices.filter((name) => !lines.has(name))).toEqual([]);
    const profiles = new Set(Object.values(services).flatMap((service) => service.profiles ?? []));
    expect([...profiles].filter((profile) => !made().includes(profile))).toEqual([]);
    expect([...profiles]).toContain(lines.get('COMPOSE_PROFILES'));
  });

  it('never changes one that is there: its master key opens what is stored', () => {
    const before = made();
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('stays as it is') });
    expect(made()).toBe(before);
  });
});
