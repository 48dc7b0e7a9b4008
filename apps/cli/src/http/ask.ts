import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';
import { addressOf, openRequest, unreachable } from './connect.js';
import { type ApiProblem, problemOf, problemText } from './problem.js';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The API has answered with a problem. */
export class Refused extends CliError {
  constructor(readonly problem: ApiProblem) {
    super(problemText(problem));
  }
}

/** One request with a JSON answer; null where the answer is that there is none. @throws Refused with the problem in words */
export async function ask<Answer>(connection: Connection, path: string, { method = 'GET', query, body, headers = {} }: Question = {}): Promise<Answer> {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const { status, answer } = await new Promise<{ status: number; answer: string }>((resolve, reject) => {
    const request = openRequest(connection, addressOf(connection, path, query), { method, headers: { ...headers, ...(content !== undefined && { 'content-type': 'application/json' }) } });
    request.on('error', (error) => reject(unreachable(error, connection)));
    request.on('response', (response: IncomingMessage) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), (error: unknown) => reject(unreachable(error, connection)));
    });
    request.end(content);
  });
  if (status < 200 || status >= 300) throw new Refused(problemOf(status, answer));
  if (status === 204) return null as Answer;
  try {
    return JSON.parse(answer) as Answer;
  } catch {
    throw new CliError(`${connection.url.origin} does not answer like Touchline. Check --url or TOUCHLINE_URL.`);
  }
}
