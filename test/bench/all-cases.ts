import type { BenchCase } from './bench-case.js';
import { appendHundred, appendOne } from './cases/append.js';
import { growth } from './cases/growth.js';
import { importCase } from './cases/import.js';
import { readAll, readStream } from './cases/read.js';
import { rebuild } from './cases/rebuild.js';
import { visible } from './cases/visible.js';
import type { House } from './house.js';

export const allCases = (house: House): BenchCase[] => [
  appendOne(house), appendHundred(house), readStream(house), readAll(house), importCase(house), rebuild(house), visible(house), ...growth(house),
];
