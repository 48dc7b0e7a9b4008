import { webhookKind, webhookPoster, WebhookSender } from '#outbound';
import type { Shared, Telling } from './shared.js';

/** Webhooks: which facts are to be delivered, and their delivery. Without a master key nothing can be signed, and all waits. */
export function tellWebhooks({ worker, store, keys, publicUrl, privateWebhooks = false, warn }: Shared): Telling {
  if (!keys) {
    let said = false;
    const ring = () => {
      if (!said) warn('This worker sends no webhooks: what is written down for them waits for another', new Error('TOUCHLINE_MASTER_KEY is not set, and without it nothing can be signed'));
      said = true;
    };
    return webhookKind({ worker, ring });
  }
  const sender = new WebhookSender({ worker, store, keys, publicUrl, post: webhookPoster({ allowPrivate: privateWebhooks }), warn });
  sender.start();
  return { ...webhookKind({ worker, ring: () => sender.ring() }), stop: () => sender.stop() };
}
