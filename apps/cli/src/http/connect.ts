import { request as requestHttp, type ClientRequest, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Connection } from '../settings.js';
import { CliError, Unreachable } from '../terminal.js';

/** A path below the base address, which may have a path of its own. */
export function addressOf({ url }: Connection, path: string, query: Readonly<Record<string, string | undefined>> = {}): URL {
  const address = new URL(url.pathname.replace(/\/$/, '') + path, url);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  return address;
}

export function openRequest(connection: Connection, address: URL, options: RequestOptions, patienceMs = SILENCE_MS): ClientRequest {
  const open = address.protocol === 'https:' ? requestHttps : requestHttp;
  const request = open(address, { ...options, headers: { authorization: `Bearer ${connection.key}`, accept: 'application/json', ...options.headers } });
  return request.setTimeout(patienceMs, () => request.destroy(Object.assign(new Error(`no answer for ${patienceMs / 1_000} seconds`), { code: 'ETIMEDOUT' })));
}

const SILENCE_MS = 300_000;

/** Failures of sockets and name servers carry a code in capital letters. */
export const isOfNetwork = (error: unknown): boolean => /^[A-Z_]+$/.test(String((error as { code?: unknown } | null)?.code ?? ''));

const UNREACHABLE = new Set(['ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN', 'ENETUNREACH', 'ETIMEDOUT']);

/** Why there was no answer at all. */
export function unreachable(error: unknown, { url }: Connection): CliError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return new Unreachable(`Nothing answers at ${url.origin}. Is it running? Start it with \`npm start\`, or name another with --url.`);
  if (code !== undefined && UNREACHABLE.has(code)) return new Unreachable(`${url.origin} cannot be reached (${code}). Check --url or TOUCHLINE_URL.`);
  return new CliError(`The connection to ${url.origin} broke: ${message || code}.`);
}

const PROBE_MS = 5_000;

/** @throws Unreachable when nothing answers there within five seconds */
export function reach(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = openRequest(connection, addressOf(connection, '/health/live'), {}, PROBE_MS);
    request.on('error', (error) => reject(unreachable(error, connection)));
    request.on('response', (response) => {
      response.resume();
      resolve();
    });
    request.end();
  });
}
