import { webhookKind, webhookPoster, WebhookSender } from '#outbound';
import type { Shared, Telling } from './shared.js';

/** Webhooks: which facts are to be delivered, and their delivery. Without a master key nothing can be signed, and all waits. */
export function tellWebhooks({ worker, store, keys, publicUrl, privateWebhooks = false, warn }: Shared): Telling {
  if (!keys) return webhookKind({ worker, ring: () => undefined });
  const sender = new WebhookSender({ worker, store, keys, publicUrl, post: webhookPoster({ allowPrivate: privateWebhooks }), warn });
  sender.start();
  return { ...webhookKind({ worker, ring: () => sender.ring() }), stop: () => sender.stop() };
}
