import { sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { SigningKey } from './signing-key.js';

interface Signed { readonly id: string; readonly at: Date; readonly body: string }

/** The headers of a webhook by Standard Webhooks: its id, the moment, and both signed with the body; a signature for each key. */
export function signedHeaders(keys: readonly SigningKey[], signed: Signed): Record<string, string> {
  return {
    'webhook-id': signed.id, 'webhook-timestamp': secondsOf(signed.at), 'webhook-signature': keys.map((key) => signatureBy(key, signed)).join(' '),
  };
}

/** The library knows secrets only; the text that is signed is the same for both. */
function signatureBy(key: SigningKey, { id, at, body }: Signed): string {
  if (key.kind === 'v1') return new Webhook(key.secret, { format: 'raw' }).sign(id, at, body);
  return `v1a,${sign(null, Buffer.from(`${id}.${secondsOf(at)}.${body}`), key.key).toString('base64')}`;
}

const secondsOf = (at: Date): string => String(Math.floor(at.getTime() / 1_000));
