import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Connection } from '../settings.js';
import { Refused } from './ask.js';
import { addressOf, openRequest, unreachable } from './connect.js';
import { problemOf } from './problem.js';

/** One file of the API, as it is. @throws Refused with the problem in words */
export async function fetchBytes(connection: Connection, path: string, query: Readonly<Record<string, string | undefined>>): Promise<Buffer> {
  const { status, bytes } = await new Promise<{ status: number; bytes: Buffer }>((resolve, reject) => {
    const request = openRequest(connection, addressOf(connection, path, query), { method: 'GET', headers: {} });
    request.on('error', (error) => reject(unreachable(error, connection)));
    request.on('response', (response: IncomingMessage) => {
      buffer(response).then((answer) => resolve({ status: response.statusCode ?? 0, bytes: answer }), (error: unknown) => reject(unreachable(error, connection)));
    });
    request.end();
  });
  if (status < 200 || status >= 300) throw new Refused(problemOf(status, bytes.toString()));
  return bytes;
}
