import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { checkExport, type SignedManifest } from '#event-store';
import { isOfNetwork, unreachable } from '../http/connect.js';
import { longAnswer } from '../http/long-answer.js';
import { openAnswer } from '../http/open-answer.js';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';
import { figure } from '../text/figures.js';
import { bytesOf, cutToWholeLines, filesIn, jsonIn } from './export-files.js';

interface Range {
  readonly from: string;
  readonly to: string;
}

const PROGRESS_MS = 2_000;
const NEWLINE = 10;

/** Fetches the log into a folder, or goes on where that was broken off, and then its manifest, against which the file is held. @throws CliError */
export async function exportLog(connection: Connection, folder: string, { after, upTo }: { readonly after?: string; readonly upTo?: string }, say: (line: string) => void): Promise<SignedManifest> {
  const files = filesIn(folder);
  if (jsonIn(files.manifest) !== undefined) throw new CliError(`There is a whole export in ${folder}. Name another folder.`);
  await mkdir(folder, { recursive: true });
  const begun = jsonIn<Range>(files.unfinished);
  const last = begun === undefined ? null : await cutToWholeLines(files.log);
  const at = last === null ? begun?.from : `${begun!.to.split('.')[0]}.${(JSON.parse(last) as { position: number }).position}`;
  if (begun !== undefined) say(`Going on after ${at} with what was begun, up to ${begun.to}.`);
  const answer = await openAnswer(connection, '/v1/log/export', begun === undefined ? { from: after, to: upTo } : { from: at, to: begun.to });
  const range = begun ?? { from: String(answer.headers['x-log-from']), to: String(answer.headers['x-log-to']) };
  if (begun === undefined) await writeFile(files.unfinished, JSON.stringify(range));
  await write(answer, files.log, last !== null, say).catch((error: unknown) => {
    throw isOfNetwork(error) ? new CliError(`${unreachable(error, connection).message} Run it again: it goes on where it was.`) : error;
  });
  const signed = await longAnswer<{ events: number }, SignedManifest>(connection, '/v1/log/export/manifest', {
    method: 'GET', query: { ...range }, again: 'Run it again: it goes on where it was.', progress: ({ events }) => say(`manifest: ${figure(events)} events read`),
  });
  const flaws = await checkExport(bytesOf(files.log), signed);
  if (flaws.length > 0) throw new CliError(['What was fetched is not what the log holds; export into another folder.', ...flaws].join('\n  '));
  await writeFile(files.manifest, `${JSON.stringify(signed, null, 2)}\n`);
  await rm(files.unfinished);
  return signed;
}

async function write(answer: IncomingMessage, path: string, more: boolean, say: (line: string) => void): Promise<void> {
  const file = createWriteStream(path, { flags: more ? 'a' : 'w' });
  let [events, said] = [0, performance.now()];
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, end + 1)) events += 1;
      if (!file.write(chunk)) await once(file, 'drain');
      if (performance.now() - said < PROGRESS_MS) continue;
      said = performance.now();
      say(`${figure(events)} events written`);
    }
  } finally {
    file.end();
    await once(file, 'close');
  }
}
