import type { BenchCase } from './bench-case.js';
import { appendHundred, appendOne } from './cases/append.js';
import { httpPost } from './cases/http-post.js';
import { importFile } from './cases/import-file.js';
import { list } from './cases/list.js';
import { memoryImport } from './cases/memory-import.js';
import { readAll, readStream } from './cases/read.js';
import { rebuild } from './cases/rebuild.js';
import type { House } from './house.js';

export const allCases = (house: House): BenchCase[] => [appendOne(house), appendHundred(house), readStream(house), readAll(house), rebuild(house), httpPost(house), list(house), importFile(house), memoryImport(house)];
