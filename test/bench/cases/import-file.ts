import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { KeyRing, parseMasterKey } from '#event-store';
import { importEvents, type ImportLine, Intake } from '#intake';
import { type BenchCase, perSecond } from '../bench-case.js';
import { furnish } from '../doors.js';
import type { House } from '../house.js';
import { fileLines } from '../file-lines.js';

const LINES = 50_000;

/** An NDJSON file on disk until every event of it is durable and has its verdict; CSV comes to the same once it is mapped. */
export function importFile(house: House): BenchCase {
  let folder: string;
  return {
    name: 'import-file', unit: 'events/s', aim: 0.2, limitIs: 'COPY of the same events from a file into the bare table, one connection; either side one process and the server',
    prepare: async () => {
      folder = mkdtempSync(join(tmpdir(), 'bench-of-touchline-files-'));
      const [file, copied] = [join(folder, 'events.ndjson'), join(folder, 'events.copy')];
      const masterKey = await furnish(house);
      const intake = new Intake(house.store, house.worker, new KeyRing(house.worker, parseMasterKey(masterKey)));
      const pool = house.pool(1);
      let turn = 0;
      const ours = async () => {
        turn += 1;
        await pipeline(Readable.from(fileLines(turn, LINES, 'ndjson')), createWriteStream(file));
        return perSecond(async () => appendedBy(importEvents(intake, createReadStream(file), {
          tenant: 'bench', actor: { kind: 'system', id: 'bench' }, importId: `import-${turn}`, mayDeclareObservedAt: true, clock: () => new Date() })));
      };
      const limit = async () => {
        await pipeline(Readable.from(fileLines(turn, LINES, 'copy')), createWriteStream(copied));
        return perSecond(async () => {
          const client = await pool.connect();
          try {
            await pipeline(createReadStream(copied, { highWaterMark: 1 << 20 }), client.query(copyFrom('copy log (stream, type, data) from stdin')));
          } finally {
            client.release();
          }
          return LINES;
        });
      };
      return { ours, limit };
    },
    end: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function appendedBy(lines: AsyncIterable<ImportLine>): Promise<number> {
  for await (const line of lines) {
    if ('summary' in line && line.summary.appended === line.summary.lines) return line.summary.appended;
    if (!('progress' in line)) throw new Error(`Not all were appended: ${JSON.stringify(line)}`);
  }
  throw new Error('The import ended without a summary.');
}
