import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSealed, open, seal, SealBroken } from './cipher.js';
import { generateMasterKey, parseMasterKey, unwrap, wrap, WrongMasterKey } from './master-key.js';

const dataKey = { kid: 'k-1', key: randomBytes(32) };
const place = { tenant: 'acme', path: '/name' };

describe('A sealed field', () => {
  it('opens to what was sealed, and looks different every time', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const sealed = seal(dataKey, place, value);
      expect(isSealed(sealed)).toBe(true);
      expect(JSON.stringify(open(dataKey.key, place, sealed))).toBe(JSON.stringify(value));
      expect(seal(dataKey, place, value).ct).not.toBe(sealed.ct);
    }));
  });

  it('does not open under another key, field, tenant or kid, nor after a change', () => {
    const sealed = seal(dataKey, place, 'Ines');
    const flipped = Buffer.from(sealed.ct, 'base64');
    flipped[0]! ^= 1;
    expect(() => open(randomBytes(32), place, sealed)).toThrow(SealBroken);
    expect(() => open(dataKey.key, { ...place, path: '/email' }, sealed)).toThrow(SealBroken);
    expect(() => open(dataKey.key, { ...place, tenant: 'other' }, sealed)).toThrow(SealBroken);
    expect(() => open(dataKey.key, place, { ...sealed, kid: 'k-2' })).toThrow(SealBroken);
    expect(() => open(dataKey.key, place, { ...sealed, ct: flipped.toString('base64') })).toThrow(SealBroken);
  });
});

describe('The master key', () => {
  it('unwraps only what it wrapped, under the same label', () => {
    const master = parseMasterKey(generateMasterKey());
    const wrapped = wrap(master, 'k-1', dataKey.key);
    expect(unwrap(master, 'k-1', wrapped)).toEqual(dataKey.key);
    expect(() => unwrap(master, 'k-2', wrapped)).toThrow(WrongMasterKey);
    expect(() => unwrap(parseMasterKey(generateMasterKey()), 'k-1', wrapped)).toThrow('The master key does not open the keys in this database');
  });

  it('must be 32 bytes', () => {
    expect(() => parseMasterKey('c2hvcnQ=')).toThrow('32 bytes in base64');
  });
});
