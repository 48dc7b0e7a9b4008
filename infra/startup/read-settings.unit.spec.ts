import { describe, expect, it } from '@jest/globals';
import { readSettings, WrongSettings } from './read-settings.js';
import { From } from './setting.js';
import { settingsTable } from './settings-table.js';
import { DATABASE_URL, DEMO, LOG_LEVEL, PORT, PUBLIC_URL } from './variables.js';

class Server {
  static readonly app = 'server';
  @From(DATABASE_URL) readonly databaseUrl!: string;
  @From(PORT, { default: '3000' }) readonly port!: number;
  @From(LOG_LEVEL, { default: 'info' }) readonly logLevel!: string;
  @From(PUBLIC_URL, { otherwise: 'no link is made' }) readonly publicUrl?: string;
}

class Trial {
  static readonly app = 'trial';
  @From(PORT, { default: '3000' }) readonly port!: number;
  @From(LOG_LEVEL, { default: 'warn' }) readonly logLevel!: string;
  @From(DEMO, { default: 'on' }) readonly demo!: boolean;
}

const DATABASE = 'postgres://app@127.0.0.1:5432/touchline';
const read = (environment: Record<string, string>, warnings: string[] = []) => readSettings(Server, environment, (line) => warnings.push(line));

describe('The settings of an app', () => {
  it('take defaults for what is not set or empty', () => {
    expect(read({ DATABASE_URL: DATABASE, PORT: ' ' })).toEqual({ databaseUrl: DATABASE, port: 3000, logLevel: 'info', publicUrl: undefined });
  });

  it('have the types that the program wants', () => {
    expect(readSettings(Trial, { PORT: '0', TOUCHLINE_DEMO: 'off' }, () => undefined)).toEqual({ port: 0, logLevel: 'warn', demo: false });
  });

  it('name every wrong variable at once, with what was written and what to write', () => {
    const wrong = () => read({ PORT: 'eighty', LOG_LEVEL: 'loud', PUBLIC_URL: 'ftp://x' });
    expect(wrong).toThrow(WrongSettings);
    expect(wrong).toThrow(/server cannot start[^]*DATABASE_URL is not set: it must be a PostgreSQL URL[^]*PORT is "eighty": it must be a whole number[^]*LOG_LEVEL is "loud": it must be one of[^]*PUBLIC_URL is "ftp:/);
  });

  it.each(['65536', '-1', '3e3', '80.5', '0x50'])('refuse the port %s', (port) => {
    expect(() => read({ DATABASE_URL: DATABASE, PORT: port })).toThrow(/PORT is/);
  });

  it('do not repeat a secret', () => {
    const wrong = () => read({ DATABASE_URL: 'mysql://app:hidden@host/db' });
    expect(wrong).toThrow(/DATABASE_URL is wrong/);
    expect(wrong).not.toThrow(/hidden/);
  });

  it('warn of a mistyped variable and name the right ones, but not of those of other apps or of tests', () => {
    const warnings: string[] = [];
    read({ DATABASE_URL: DATABASE, TOUCHLINE_DEMOS: 'off', TOUCHLINE_KEY: 'x', TOUCHLINE_TEST_FOLDER: 'x', OTHER: 'x' }, warnings);
    expect(warnings).toEqual([expect.stringMatching(/^TOUCHLINE_DEMOS does nothing.*TOUCHLINE_DEMO,/)]);
  });

  it('are listed with who reads them, and every app\'s own default where they differ', () => {
    const table = settingsTable([Trial, Server]);
    expect(table).toContain('| `PORT` | trial, server | `3000` | Port to listen on');
    expect(table).toContain('| `LOG_LEVEL` | trial, server | trial: `warn`; server: `info` |');
    expect(table).toContain('| `DATABASE_URL` | server | **required** | PostgreSQL');
    expect(table).toContain('| `PUBLIC_URL` | server | no link is made |');
  });
});
