import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const { PATH } = process.env;

/** Runs an app from its sources with nothing in its environment but what is given. */
function start(app: string, environment: Record<string, string>, ...args: string[]) {
  const flags = ['--no-warnings', '--conditions=app-source', '--import', './test/support/typescript.mjs'];
  return spawnSync(process.execPath, [...flags, `apps/${app}/src/main.ts`, ...args], { env: { PATH, ...environment }, encoding: 'utf8', timeout: 25_000 });
}

describe('An app that is given a wrong setting', () => {
  it.each([
    ['api', { PORT: 'eighty' }, [], /api cannot start[^]*DATABASE_URL is not set[^]*TOUCHLINE_MASTER_KEY is not set[^]*openssl[^]*PORT is "eighty"[^]*start again/],
    ['worker', { DATABASE_URL: 'mysql://x' }, [], /worker cannot start[^]*DATABASE_URL is wrong: it must be a PostgreSQL URL[^]*start again/],
    ['standalone', { TOUCHLINE_DEMO: 'yes', LOG_LEVEL: 'loud' }, [], /npm start cannot start[^]*LOG_LEVEL is "loud"[^]*TOUCHLINE_DEMO is "yes": it must be on or off[^]*start again/],
    ['cli', { TOUCHLINE_URL: 'localhost' }, ['today'], /npx touchline cannot start[^]*TOUCHLINE_URL is "localhost": it must be an http address[^]*start again/],
  ])('says so and ends: %s', (app, environment: Record<string, string>, args, message) => {
    const { status, stderr, stdout } = start(app, { TOUCHLINE_HOEM: '/x', ...environment }, ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/TOUCHLINE_HOEM does nothing/);
    expect(stderr).not.toContain('    at ');
  });
});
