import { describe, expect, it } from '@jest/globals';
import { isSignalName, signalNames } from './all.js';

describe('The names of signals', () => {
  it('are those of our own and measurements by any name', () => {
    expect([...signalNames, 'measurement:pulse'].filter((name) => !isSignalName(name))).toEqual([]);
    expect(['pulse', 'toString', 'constructor', '', 'measurement', 'measurement:', 'Trend'].filter(isSignalName)).toEqual([]);
  });
});
