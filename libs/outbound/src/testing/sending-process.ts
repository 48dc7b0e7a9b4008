import process from 'node:process';
import { Database, KeyRing, parseMasterKey, PostgresEventStore, Subscriber } from '#event-store';
import { type PostWebhook, webhookPoster } from '../webhook/post-webhook.js';
import { webhookKind } from '../webhooks/webhook-kind.js';
import { WebhookSender } from '../webhooks/webhook-sender.js';

/** A worker as a process of its own: `sending-process.ts URL MASTER_KEY OWNER HOLD_MS [STALL]`. With STALL it posts, says `posted`, and never learns how that went. */
const [url = '', masterKey = '', owner = '', holdMs = '', stall] = process.argv.slice(2);
const worker = new Database(url, 'touchline_worker', 8);
const store = new PostgresEventStore(worker);
const warn = (message: string, error: unknown) => console.error(`${owner}: ${message}: ${(error as Error).message}`);
const poster = webhookPoster({ allowPrivate: true });
const stalling: PostWebhook = async (webhook, now) => {
  await poster(webhook, now);
  console.log('posted');
  return new Promise(() => undefined);
};
const sender = new WebhookSender({ worker, store, keys: new KeyRing(worker, parseMasterKey(masterKey)), publicUrl: undefined, post: stall ? stalling : poster, warn, holdMs: Number(holdMs) });
const subscriber = new Subscriber({ store, worker, kinds: [webhookKind({ worker, ring: () => sender.ring() })], owner, warn });
sender.start();
await subscriber.start();
console.log('ready');
process.stdin.resume().once('end', async () => {
  await subscriber.stop();
  await sender.stop();
  await store.close();
  await worker.close();
});
