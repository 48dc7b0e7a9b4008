import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { ImportLine } from '#intake';
import { addressOf, isOfNetwork, openRequest, unreachable } from '../http/connect.js';
import { linesOf } from '../http/lines-of.js';
import { type ApiProblem, problemOf, problemText } from '../http/problem.js';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';

/** What the API says while it imports; a failure under way comes as a last line. */
export type AnswerLine = ImportLine | { readonly problem: ApiProblem };

const CHUNK = 64 * 1024;

/**
 * Sends NDJSON and hands out the lines of the answer as they come: both at once, because the API reads on only as fast as it
 * is listened to. Ends with the answer. @throws CliError when there is none, or it breaks off
 */
export async function* exchange(connection: Connection, query: Readonly<Record<string, string | undefined>>, lines: AsyncIterable<string | Buffer>): AsyncGenerator<AnswerLine> {
  const request = openRequest(connection, addressOf(connection, '/v1/events/import', query), {
    method: 'POST', headers: { 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson' },
  });
  const stopped = new AbortController();
  const sending = send(request, lines, stopped.signal).catch((error: unknown) => {
    request.destroy(error as Error);
    throw error;
  });
  // Awaited at the end; until then its failure is not nobody's.
  sending.catch(() => undefined);
  try {
    const [response] = await once(request, 'response') as [IncomingMessage];
    request.on('error', () => undefined);
    if (response.statusCode !== 200) throw new CliError(problemText(problemOf(response.statusCode ?? 0, await text(response))));
    yield* linesOf<AnswerLine>(response);
    await sending;
  } catch (error) {
    throw isOfNetwork(error) ? unreachable(error, connection) : error;
  } finally {
    stopped.abort();
    request.destroy();
  }
}

async function send(request: ReturnType<typeof openRequest>, lines: AsyncIterable<string | Buffer>, stopped: AbortSignal): Promise<void> {
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = async () => {
    const room = request.write(Buffer.concat(waiting));
    [waiting, size] = [[], 0];
    if (!room) await once(request, 'drain', { signal: stopped });
  };
  for await (const line of lines) {
    if (stopped.aborted) return;
    const bytes = typeof line === 'string' ? Buffer.from(line) : line;
    waiting.push(bytes, LINE_END);
    size += bytes.length + 1;
    if (size >= CHUNK) await flush();
  }
  request.end(Buffer.concat(waiting));
}

const LINE_END = Buffer.from('\n');
