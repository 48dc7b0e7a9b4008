import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';
import { addressOf, isOfNetwork, openRequest, unreachable } from './connect.js';
import { linesOf } from './lines-of.js';
import { type ApiProblem, problemOf, problemText } from './problem.js';

const PROGRESS_MS = 2_000;

interface LongQuestion<Progress> {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Told now and then how far it is. */
  readonly progress: (progress: Progress) => void;
  /** What to do when the answer breaks off. */
  readonly again: string;
}

type Line<Progress, Answer> = { readonly progress: Progress } | { readonly problem: ApiProblem } | Answer;

/** A request, a POST unless it says otherwise, that answers in NDJSON as it goes: the line that is neither progress nor a problem is the answer. @throws CliError */
export async function longAnswer<Progress, Answer extends object>(connection: Connection, path: string, question: LongQuestion<Progress>): Promise<Answer> {
  for await (const line of longLines<Progress, Answer>(connection, path, question)) return line;
  throw brokenOff(question);
}

const brokenOff = ({ again }: Pick<LongQuestion<unknown>, 'again'>): CliError => new CliError(`The answer broke off. ${again}`);

/** The same where the answer has several lines; ends when the server does. @throws CliError */
export async function* longLines<Progress, Answer extends object>(connection: Connection, path: string, { method = 'POST', query, body, progress }: LongQuestion<Progress>): AsyncGenerator<Answer, void, void> {
  const headers = { accept: 'application/x-ndjson', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const request = openRequest(connection, addressOf(connection, path, query), { method, headers });
  request.end(body === undefined ? undefined : JSON.stringify(body));
  try {
    const [response] = await once(request, 'response') as [IncomingMessage];
    request.on('error', () => undefined);
    if (response.statusCode !== 200) throw new CliError(problemText(problemOf(response.statusCode ?? 0, await text(response))));
    let said = performance.now();
    for await (const line of linesOf<Line<Progress, Answer>>(response)) {
      if ('problem' in line) throw new CliError(problemText(line.problem));
      if (!('progress' in line)) yield line;
      else if (performance.now() - said >= PROGRESS_MS) {
        said = performance.now();
        progress(line.progress);
      }
    }
  } catch (error) {
    throw isOfNetwork(error) ? unreachable(error, connection) : error;
  } finally {
    request.destroy();
  }
}
