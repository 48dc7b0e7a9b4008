import { describe, expect, it } from '@jest/globals';
import { type FileCount, complaints, countLines, leftBehind } from './suite-report.mjs';

const file = (path: string, passed = 1, failed = 0, skipped = 0): FileCount => ({ path, passed, failed, skipped });

describe('the summary of a test run', () => {
  it('counts files and tests per kind and ends with the totals', () => {
    const lines = countLines([file('libs/a.unit.spec.ts', 3), file('libs/b.unit.spec.ts', 2, 1), file('test/c.db.spec.ts', 4), file('test/d.e2e.spec.ts')]);
    expect(lines).toEqual([
      'unit    2 files      5 passed    1 failed    0 skipped',
      'db      1 files      4 passed    0 failed    0 skipped',
      'e2e     1 files      1 passed    0 failed    0 skipped',
      '10 passed, 1 failed',
    ]);
  });

  it('names skipped tests in the totals when there are any', () => {
    expect(countLines([file('a.unit.spec.ts', 1, 0, 2)]).at(-1)).toBe('1 passed, 0 failed, 2 skipped');
  });
});

describe('a run of the whole suite', () => {
  it('is fine when every spec file ran with a test', () => {
    expect(complaints([file('libs/a.unit.spec.ts')], ['libs/a.unit.spec.ts'])).toEqual([]);
  });

  it('notices a spec file that was not run', () => {
    expect(complaints([], ['libs/lost.db.spec.ts'])).toEqual(['Spec files on disk that were not run:\n  libs/lost.db.spec.ts']);
  });

  it('notices a spec file whose name has no kind', () => {
    expect(complaints([], ['libs/lost.spec.ts'])).toEqual([expect.stringMatching(/never run:\n {2}libs\/lost\.spec\.ts$/)]);
  });

  it('notices a spec file that holds no test', () => {
    expect(complaints([file('a.unit.spec.ts', 0)], ['a.unit.spec.ts'])).toEqual(['Spec files without a single test:\n  a.unit.spec.ts']);
  });

  it('notices a skipped test', () => {
    expect(complaints([file('a.unit.spec.ts', 1, 0, 1)], ['a.unit.spec.ts'])).toEqual(['Skipped tests; we allow none:\n  a.unit.spec.ts']);
  });

  it('does not call a file empty that failed before its first test', () => {
    expect(complaints([file('a.unit.spec.ts', 0, 1)], ['a.unit.spec.ts'])).toEqual([]);
  });
});

describe('the end of a run', () => {
  it('notices its own folder and what was written beside it, but not what was there or belongs to another run', () => {
    const after = ['touchline-old', 'touchline-test-1', 'touchline-test-2', 'touchline-new', 'something'];
    expect(leftBehind(['touchline-old', 'something'], after, '/tmp/touchline-test-1')).toEqual(['touchline-test-1', 'touchline-new']);
    expect(leftBehind([], ['touchline-test-2'], '/tmp/touchline-test-1')).toEqual([]);
  });
});
