import type { IncomingMessage } from 'node:http';

/** What a receiver answered. */
export interface Answer {
  readonly code: number;
  /** The first bit of its text. */
  readonly text: string;
  /** For how long it does not want to be asked again; null where it does not say. */
  readonly retryAfterMs: number | null;
}

const [MOST_BYTES, MOST_SIGNS, PATIENCE_MS] = [4_096, 200, 2_000];

/** Reads an answer up to a limit, and no longer than a moment: its code is what counts. A short one leaves the connection for the next. */
export function answerOf(response: IncomingMessage, now: Date): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const enough = (whole: boolean) => {
      clearTimeout(timer);
      if (!whole) response.destroy();
      resolve({ code: response.statusCode!, text: textOf(Buffer.concat(chunks)), retryAfterMs: retryAfter(response.headers['retry-after'], now) });
    };
    const timer = setTimeout(() => enough(false), PATIENCE_MS);
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) enough(false);
    });
    response.on('end', () => enough(true));
    response.on('error', () => enough(false));
  });
}

/** Seconds, or a date. */
export function retryAfter(text: string | undefined, now: Date): number | null {
  if (text === undefined) return null;
  const ms = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Whole characters, on one line; PostgreSQL takes no NUL. */
const textOf = (bytes: Buffer): string => [...bytes.toString('utf8').replaceAll(/[\p{Cc}\ufffd]+/gu, ' ').trim()].slice(0, MOST_SIGNS).join('');
