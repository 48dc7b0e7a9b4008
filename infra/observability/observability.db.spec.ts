import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { eventStoreMigrations, migrate } from '#event-store';
import { outboundMigrations } from '#outbound';
import { freshDatabase, type TestDatabase } from '../../test/support/database.js';
import { type Operations, startOperations } from '../telemetry/operations.js';

const FOLDER = 'infra/observability';
interface Panel { readonly title: string; readonly type: string; readonly id: number; readonly gridPos: { x: number; y: number; w: number; h: number }; readonly targets?: readonly { expr: string }[] }
interface Instant { readonly alertname: string; readonly eval_time: string; readonly exp_alerts: readonly unknown[] }

let database: TestDatabase;
let operations: Operations;
/** Names of series by the metric that they are of. */
let exposed: Map<string, string>;

beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...outboundMigrations]));
  operations = await startOperations({ databaseUrl: database.url, operationsPort: 0, operationsHost: '127.0.0.1' });
  const text = await (await fetch(`${operations.url}/metrics`)).text();
  exposed = new Map([...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name, type]) => (type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']).map((end) => [`${name}${end}`, name!] as const)));
});
afterAll(async () => {
  await operations.close();
  await database.drop();
});

function promtool(...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });
  if (error) throw new Error(`These files are checked by promtool, which is not here (${error.message}). Install it: apt-get install prometheus, or from prometheus.io.`);
  return { status, said: `${stdout}${stderr}` };
}

const panels = (JSON.parse(readFileSync(`${FOLDER}/grafana/dashboards/touchline.json`, 'utf8')) as { panels: Panel[] }).panels;
const alerts = readFileSync(`${FOLDER}/alerts.yml`, 'utf8');
const drawn = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join('\n');
const named = (text: string) => [...new Set(text.match(/\b(touchline|nodejs|process)_\w+/g))];

describe('What Prometheus is given', () => {
  it.each([['check', 'config', 'prometheus.yml'], ['check', 'rules', 'alerts.yml'], ['test', 'rules', 'alerts.test.yml']])('is well by promtool %s %s %s', (...args) => {
    const { status, said } = promtool(...args);
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('has for each alert a test of the moment when it fires, and of the one before', () => {
    const names = (parse(alerts) as { groups: { rules: { alert: string }[] }[] }).groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    const { tests } = parse(readFileSync(`${FOLDER}/alerts.test.yml`, 'utf8')) as { tests: { alert_rule_test: Instant[] }[] };
    const tried = tests.flatMap(({ alert_rule_test: instants }) => instants.filter(({ alertname, eval_time, exp_alerts }) => exp_alerts.length > 0
      && instants.some((before) => before.alertname === alertname && before.eval_time === `${parseInt(eval_time) - 1}m` && before.exp_alerts.length === 0)).map(({ alertname }) => alertname));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !tried.includes(name))).toEqual([]);
  });

  it('says of each alert what is wrong and what to do first', () => {
    const count = (pattern: RegExp) => alerts.match(pattern)!.length;
    expect([count(/^ +summary: /gm), count(/^ +runbook: /gm), count(/severity: (page|ticket)/g)]).toEqual(Array(3).fill(count(/- alert: /g)));
  });

  it('asks for no metric that is not exposed', () => {
    expect(named(alerts).filter((name) => !exposed.has(name))).toEqual([]);
  });
});

describe('The dashboard', () => {
  it('asks for no metric that is not exposed', () => {
    expect(named(drawn).length).toBeGreaterThan(20);
    expect(named(drawn).filter((name) => !exposed.has(name))).toEqual([]);
  });

  it('draws each of ours', () => {
    const shown = new Set(named(drawn).map((name) => exposed.get(name)));
    expect([...new Set(exposed.values())].filter((name) => name.startsWith('touchline_') && !shown.has(name))).toEqual([]);
  });

  it('asks in words that Prometheus understands', () => {
    const rules = panels.flatMap(({ id, targets = [] }) => targets.map(({ expr }, index) => ({ record: `panel:${id}:q${index}`, expr: expr.replaceAll('$__rate_interval', '1m') })));
    const folder = mkdtempSync(join(tmpdir(), 'panels-'));
    try {
      // YAML takes JSON as it is.
      writeFileSync(join(folder, 'panels.yml'), JSON.stringify({ groups: [{ name: 'panels', rules }] }));
      const { status, said } = promtool('check', 'rules', '--lint=none', join(folder, 'panels.yml'));
      expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining(`${rules.length} rules found`) });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has no two panels of one number, or on one place', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => Array.from({ length: w * h }, (_, n) => `${x + (n % w)}/${y + Math.floor(n / w)}`));
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  });
});
