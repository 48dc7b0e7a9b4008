import { describe, expect, it } from '@jest/globals';
import { homeFolder } from './home-folder.js';

describe('where the data is kept', () => {
  it('is where TOUCHLINE_HOME says', () => {
    expect(homeFolder('/srv/data', '/home/ann/touchline', 1000)).toBe('/srv/data');
  });

  it('is in the project for an ordinary user', () => {
    expect(homeFolder(undefined, '/home/ann/touchline', 1000)).toBe('/home/ann/touchline/.touchline');
  });

  it('is outside the project for root, and two checkouts of one name do not share it', () => {
    const one = homeFolder('', '/root/touchline', 0);
    expect(one).toMatch(/^\/var\/lib\/touchline\/touchline-[0-9a-f]{8}$/);
    expect(homeFolder(undefined, '/opt/touchline', 0)).not.toBe(one);
  });
});
