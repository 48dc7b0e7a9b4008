import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Delivery } from '../delivery.js';
import { isPublic, PrivateAddress, publicLookup } from './public-address.js';
import { signedHeaders } from './sign.js';

export interface Webhook {
  readonly url: string;
  readonly secret: Buffer;
  /** The same whenever it is sent again: by it the receiver knows a repetition. */
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Posts a webhook; never fails, and follows no redirect. */
export type PostWebhook = (webhook: Webhook, now: Date) => Promise<Delivery>;

const WAIT_MS = 15_000;
const GONE = 410;

/** `allowPrivate`: also to addresses that are not public, as for trying and for receivers beside us. */
export function webhookPoster({ allowPrivate }: { readonly allowPrivate: boolean }): PostWebhook {
  return async ({ url: text, secret, id, body: content }, now) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || !/^https?:$/.test(url.protocol)) return refused('the address is no http address');
    const name = url.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(name) !== 0 && !isPublic(name)) return refused('the address is not public');
    const body = JSON.stringify(content);
    try {
      const status = await post(url, { body, headers: { 'content-type': 'application/json', ...signedHeaders(secret, { id, at: now, body }) }, allowPrivate });
      if (status >= 200 && status < 300) return { status: 'sent' };
      return { status: 'refused', forGood: status === GONE, why: `the receiver answered ${status}` };
    } catch (error) {
      if (error instanceof PrivateAddress) return refused('the address is not public');
      return { status: 'refused', forGood: false, why: (error as NodeJS.ErrnoException).code ?? 'no answer' };
    }
  };
}

const refused = (why: string): Delivery => ({ status: 'refused', forGood: true, why });

function post(url: URL, { body, headers, allowPrivate }: { readonly body: string; readonly headers: Record<string, string>; readonly allowPrivate: boolean }): Promise<number> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal: AbortSignal.timeout(WAIT_MS), ...(allowPrivate ? {} : { lookup: publicLookup }) }, (response) => {
      // What it says does not matter, and how long it goes on even less.
      response.destroy();
      resolve(response.statusCode!);
    });
    request.on('error', reject);
    request.end(body);
  });
}
