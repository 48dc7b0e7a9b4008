import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './program.js';

export const KEY = 'tl_test_secret';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server that answers imports as the door does: a verdict for each line, kept by (source, id). */
export class FakeDoor {
  readonly events = new Map<string, string>();
  readonly asked: Asked[] = [];
  /** JSON answers to everything that is not an import, by "METHOD path". */
  readonly answers = new Map<string, { status?: number; body: unknown }>();
  /** Breaks the connection after so many lines. */
  breakAfter = Infinity;
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'http://door');
    const isImport = pathname === '/v1/events/import';
    const hasBody = ['POST', 'PUT'].includes(request.method!) && !isImport && request.headers['content-type'] === 'application/json';
    this.asked.push({ method: request.method!, path: pathname, query: Object.fromEntries(searchParams), ...(hasBody ? { body: await json(request) } : {}) });
    if (request.headers.authorization !== `Bearer ${KEY}`) return problem(response, 401, 'unauthorized', 'The request carries no valid API key', 'Send a key.');
    if (isImport) return this.#import(request, response, searchParams.get('import')!, searchParams.get('dryRun') === 'true');
    const answer = this.answers.get(`${request.method} ${pathname}`);
    if (!answer) return problem(response, 404, 'not-found', 'There is nothing at this address', `No ${pathname}.`);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  async #import(request: IncomingMessage, response: ServerResponse, importId: string, dryRun: boolean): Promise<void> {
    const { socket } = request;
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const say = (line: unknown) => response.write(`${JSON.stringify(line)}\n`);
    const counts = { appended: 0, valid: 0, duplicate: 0, conflict: 0, rejected: 0 };
    let lines = 0;
    const take = (text: string) => {
      lines += 1;
      const { status, ...rest } = this.#verdict(text, dryRun);
      counts[status] += 1;
      if (status !== 'appended' && status !== 'valid') say({ line: lines, status, ...rest });
      if (lines % 100 === 0) say({ progress: { lines, position: `1.${lines}` } });
    };
    let rest = '';
    for await (const chunk of request as AsyncIterable<Buffer>) {
      const texts = (rest + chunk.toString('utf8')).split('\n');
      rest = texts.pop()!;
      for (const text of texts) {
        take(text);
        if (lines === this.breakAfter) return void setTimeout(() => socket.destroy(), 20);
      }
    }
    if (rest !== '') take(rest);
    const { valid, ...stored } = counts;
    say({ summary: { import: importId, lines, ...stored, ...(dryRun ? { valid } : {}), customers: 1, historic: counts.appended, notOpened: { recoveries: 0, surveyCauses: 0 }, position: null, seconds: 0.1 } });
    response.end();
  }

  #verdict(text: string, dryRun: boolean) {
    const { id, source, type, data } = JSON.parse(text) as Record<string, unknown>;
    if (type === 'ticket.opened' && !(data as { ticket?: string }).ticket?.startsWith('T')) {
      const flaw = { code: 'data-invalid', title: 'The data does not fit its type', pointer: '/data/ticket', detail: '`ticket` must start with T.' };
      return { status: 'rejected' as const, id, source, problem: flaw };
    }
    const key = `${String(source)} ${String(id)}`;
    const known = this.events.get(key);
    if (known === undefined && !dryRun) this.events.set(key, text);
    if (known === undefined) return { status: dryRun ? 'valid' as const : 'appended' as const };
    if (known === text) return { status: 'duplicate' as const, id, source };
    return { status: 'conflict' as const, id, source, problem: { code: 'id-conflict', title: 'Another event has this source and id', pointer: '/id', detail: 'The body differs.' } };
  }
}

function problem(response: ServerResponse, status: number, code: string, title: string, detail: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: `/problems/${code}`, title, status, detail, code, requestId: 'req-1' }));
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line against a server, with a home of its own. */
export async function touchline(args: readonly string[], { url, key = KEY, stdin = '', env = {}, isTTY = false }: { url?: string; key?: string; stdin?: string; env?: Record<string, string>; isTTY?: boolean } = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    stdin: stdin === '' ? new PassThrough().end() : Readable.from([Buffer.from(stdin)]), out: (line) => out.push(line), err: (line) => err.push(line), isTTY,
    env: { TOUCHLINE_HOME: tmpdir(), ...(url === undefined ? {} : { TOUCHLINE_URL: url, TOUCHLINE_KEY: key }), ...env },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Writes files into a new folder and gives their paths. */
export function filesIn(files: Readonly<Record<string, string | Buffer>>): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'touchline-cli-'));
  return Object.fromEntries(Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return [name, join(folder, name)];
  }));
}
