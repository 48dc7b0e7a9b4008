import { createHmac } from 'node:crypto';

/** The headers of a webhook by Standard Webhooks: its id, the moment, and both signed with the body. */
export function signedHeaders(secret: Buffer, { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string }): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
