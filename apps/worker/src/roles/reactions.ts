import { Reactor } from '#event-store';
import { checkAnswer, reactions } from '../reactions.js';
import type { Running, Shared } from './shared.js';

/** What answers facts with facts, and mails. */
export async function startReactions({ worker, reader, store, keys, warn, ...outside }: Shared): Promise<Running> {
  const reactor = new Reactor({ worker, store, reactions: reactions(outside, { reader, worker, store }, warn), keys, check: checkAnswer, warn });
  await reactor.start();
  return reactor;
}
