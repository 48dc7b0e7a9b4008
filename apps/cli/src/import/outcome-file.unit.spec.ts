import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { outcomesOn } from './outcome-file.js';

const outcome = { row: 1, line: 2, outcome: 'appended', ids: [] } as const;
const fullDisk = () => new Writable({ write: (_chunk, _encoding, done) => void setImmediate(done, new Error('no space left on device')) });

describe('An outcome file on a disk that is full', () => {
  it('fails at the next row with a sentence, and when it is closed', async () => {
    const disk = fullDisk();
    const file = outcomesOn(disk);
    const failed = once(disk, 'error');
    await file.write(outcome);
    await failed;
    await expect(file.write(outcome)).rejects.toThrow('The outcome file cannot be written: no space left on device');
    await expect(file.close()).rejects.toThrow('The outcome file cannot be written: no space left on device');
  });

  it('fails when it is closed though every row was taken', async () => {
    const file = outcomesOn(fullDisk());
    await file.write(outcome);
    await expect(file.close()).rejects.toThrow('no space left on device');
  });
});
