import type { BenchCase } from './bench-case.js';
import { appendHundred, appendOne, appendToOne } from './cases/append.js';
import { churnReference } from './cases/churn-reference.js';
import { churnBoosted, churnLogistic } from './cases/churn-speed.js';
import { feed } from './cases/feed.js';
import { growth } from './cases/growth.js';
import { httpPost } from './cases/http-post.js';
import { importFile } from './cases/import-file.js';
import { importCase } from './cases/import.js';
import { kafkaIn } from './cases/kafka-in.js';
import { kafkaOutCase } from './cases/kafka-out.js';
import { list } from './cases/list.js';
import { logExport } from './cases/log-export.js';
import { memoryImport } from './cases/memory-import.js';
import { neighbour } from './cases/neighbour.js';
import { readAll, readStream } from './cases/read.js';
import { rebuild } from './cases/rebuild.js';
import { report } from './cases/report.js';
import { simulate } from './cases/simulate.js';
import { themes } from './cases/themes.js';
import { tick } from './cases/tick.js';
import { visible } from './cases/visible.js';
import type { House } from './house.js';

export const allCases = (house: House): BenchCase[] => [
  appendOne(house), appendHundred(house), appendToOne(house), readStream(house), readAll(house), importCase(house), importFile(house), rebuild(house), visible(house), neighbour(house), feed(house),
  httpPost(house), list(house), logExport(house), tick(house), memoryImport(house), ...growth(house), churnReference(house), churnLogistic(), churnBoosted(), simulate(house), report(house), themes(),
  kafkaIn(house), kafkaOutCase(house),
];
