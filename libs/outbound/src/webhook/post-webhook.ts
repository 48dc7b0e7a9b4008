import { Agent as HttpAgent, type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Delivery } from '../delivery.js';
import { type Answer, answerOf } from './answer.js';
import { isPublic, PrivateAddress, publicLookup } from './public-address.js';
import { signedHeaders } from './sign.js';
import type { SigningKey } from './signing-key.js';

export interface Webhook {
  readonly url: string;
  readonly keys: readonly SigningKey[];
  /** The same whenever it is sent again: by it the receiver knows a repetition. */
  readonly id: string;
  readonly body: object;
  /** W3C trace context, by which the receiver goes on with the trace. */
  readonly traceParent?: string | undefined;
  /** Left out: application/json. */
  readonly mediaType?: string;
}

/** Posts a webhook; never fails, and follows no redirect. What was answered is there where something was. */
export type PostWebhook = (webhook: Webhook, now: Date) => Promise<Delivery & { readonly answer?: Answer }>;

interface PosterOptions {
  /** Also to addresses that are not public, as for trying and for receivers beside us. */
  readonly allowPrivate: boolean;
  /** For connecting, sending and the head of the answer together. */
  readonly waitMs?: number;
  /** A larger body is not sent, and not cut. */
  readonly mostBytes?: number;
}

const GONE = 410;
/** No reason for good: a name may stand for another address tomorrow, and the setting may be on. */
const NOT_PUBLIC = 'is not public, and TOUCHLINE_PRIVATE_WEBHOOKS is off';
const [IDLE_SOCKETS, IDLE_MS] = [2, 4_000];

/** Connections are kept for what comes next, and are this poster's alone: each was looked at before it was made. */
export function webhookPoster({ allowPrivate, waitMs = 15_000, mostBytes = 256 * 1024 }: PosterOptions): PostWebhook {
  const options = { keepAlive: true, maxFreeSockets: IDLE_SOCKETS, timeout: IDLE_MS, ...(allowPrivate ? {} : { lookup: publicLookup }) };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };
  return async ({ url: text, keys, id, body: content, mediaType = 'application/json', traceParent }, now) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return refused('the address is no http address');
    const name = url.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(name) !== 0 && !isPublic(name)) return { status: 'refused', forGood: false, why: `the address ${NOT_PUBLIC}` };
    const body = JSON.stringify(content);
    const bytes = Buffer.byteLength(body);
    if (bytes > mostBytes) return refused(`the body has ${bytes} bytes; ${mostBytes} are allowed`);
    const headers = { 'content-type': mediaType, 'content-length': bytes, 'user-agent': 'Touchline', ...(traceParent === undefined ? {} : { traceparent: traceParent }), ...signedHeaders(keys, { id, at: now, body }) };
    try {
      const answer = await post(url, { method: 'POST', headers, agent: agents[url.protocol], signal: AbortSignal.timeout(waitMs) }, body, now);
      if (answer.code >= 200 && answer.code < 300) return { status: 'sent', answer };
      return { status: 'refused', forGood: answer.code === GONE, why: `the receiver answered ${answer.code}`, answer };
    } catch (error) {
      return { status: 'refused', forGood: false, why: reasonOf(error) };
    }
  };
}

const refused = (why: string): Delivery => ({ status: 'refused', forGood: true, why });

function reasonOf(error: unknown): string {
  if (error instanceof PrivateAddress) return `the address that its name stands for ${NOT_PUBLIC}`;
  if ((error as Error).name === 'AbortError' || (error as Error).name === 'TimeoutError') return 'no answer in time';
  return (error as NodeJS.ErrnoException).code ?? 'no answer';
}

/** Comes to an end when its signal says so at the latest, whatever the other side does and Node says of it. */
function post(url: URL, options: RequestOptions & { readonly signal: AbortSignal }, body: string, now: Date): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const begin = (again: boolean): ClientRequest => {
      const request = send(url, options, (response) => resolve(answerOf(response, now)));
      // Nobody asked for another protocol. Without a listener such a request ends without a word.
      request.on('upgrade', ({ statusCode }, socket) => {
        socket.destroy();
        resolve({ code: statusCode!, text: '', retryAfterMs: null });
      });
      // A connection that was kept may have been closed while it was idle: nobody has read what was sent, or will know it by its id.
      return request.on('error', (error: NodeJS.ErrnoException) => (!again && request.reusedSocket && error.code === 'ECONNRESET' ? void begin(true) : reject(error))).end(body);
    };
    begin(false);
  });
}
