import { describe, expect, it } from '@jest/globals';
import { readSettings, settingsTable, WrongSettings } from './settings.js';

const good = { DATABASE_URL: 'postgres://app@127.0.0.1:5432/touchline', TOUCHLINE_MASTER_KEY: Buffer.alloc(32, 1).toString('base64') };

describe('The settings of the API', () => {
  it('take defaults for what is not set', () => {
    expect(readSettings(good)).toMatchObject({ port: 3000, host: '127.0.0.1', logLevel: 'info', publicUrl: undefined });
  });

  it('name every wrong variable at once, without repeating a secret', () => {
    const read = () => readSettings({ TOUCHLINE_MASTER_KEY: 'c2hvcnQ=', PORT: 'eighty', LOG_LEVEL: 'loud', PUBLIC_URL: 'ftp://x' });
    expect(read).toThrow(WrongSettings);
    expect(read).toThrow(/DATABASE_URL is not set[^]*TOUCHLINE_MASTER_KEY is wrong[^]*openssl[^]*PORT is wrong[^]*LOG_LEVEL is wrong[^]*PUBLIC_URL is wrong/);
    expect(read).not.toThrow(/c2hvcnQ/);
  });

  it('are listed with name, default and meaning', () => {
    expect(settingsTable()).toContain('| `PORT` | `3000` | Port to listen on');
    expect(settingsTable()).toContain('`DATABASE_URL` | required');
  });
});
