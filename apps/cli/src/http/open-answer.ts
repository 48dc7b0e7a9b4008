import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Connection } from '../settings.js';
import { Refused } from './ask.js';
import { addressOf, openRequest, unreachable } from './connect.js';
import { problemOf } from './problem.js';

interface Opening {
  readonly headers?: Readonly<Record<string, string>>;
  /** How long nothing may come. */
  readonly patienceMs?: number;
}

/** A GET whose answer is read as it comes. @throws Refused with the problem in words */
export async function openAnswer(connection: Connection, path: string, query: Readonly<Record<string, string | undefined>>, { headers, patienceMs }: Opening = {}): Promise<IncomingMessage> {
  const request = openRequest(connection, addressOf(connection, path, query), { headers: { accept: 'application/x-ndjson', ...headers } }, patienceMs);
  request.end();
  const [response] = await once(request, 'response').catch((error: unknown) => { throw unreachable(error, connection); }) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Refused(problemOf(response.statusCode ?? 0, await text(response)));
  return response;
}
