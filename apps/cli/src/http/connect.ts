import { request as requestHttp, type ClientRequest, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';

/** A path below the base address, which may have a path of its own. */
export function addressOf({ url }: Connection, path: string, query: Readonly<Record<string, string | undefined>> = {}): URL {
  const address = new URL(url.pathname.replace(/\/$/, '') + path, url);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  return address;
}

export function openRequest(connection: Connection, address: URL, options: RequestOptions): ClientRequest {
  const open = address.protocol === 'https:' ? requestHttps : requestHttp;
  const request = open(address, { ...options, headers: { authorization: `Bearer ${connection.key}`, accept: 'application/json', ...options.headers } });
  return request.setTimeout(SILENCE_MS, () => request.destroy(Object.assign(new Error('no answer for five minutes'), { code: 'ETIMEDOUT' })));
}

const SILENCE_MS = 300_000;

/** Failures of sockets and name servers carry a code in capital letters. */
export const isOfNetwork = (error: unknown): boolean => /^[A-Z_]+$/.test(String((error as { code?: unknown } | null)?.code ?? ''));

const UNREACHABLE = new Set(['ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN', 'ENETUNREACH']);

/** Why there was no answer at all. */
export function unreachable(error: unknown, { url }: Connection): CliError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return new CliError(`Nothing answers at ${url.origin}. Is it running? Start it with \`npm start\`, or name another with --url.`);
  if (code !== undefined && UNREACHABLE.has(code)) return new CliError(`${url.origin} cannot be reached (${code}). Check --url or TOUCHLINE_URL.`);
  return new CliError(`The connection to ${url.origin} broke: ${message || code}.`);
}
