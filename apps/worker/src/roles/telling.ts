import { Subscriber } from '#event-store';
import type { Running, Shared, TellingRole } from './shared.js';

/** Tells other systems of the log, in all the ways that this process has. */
export async function startTelling(shared: Shared, roles: readonly TellingRole[]): Promise<Running> {
  const { worker, store, owner, warn } = shared;
  const kinds = (await Promise.all(roles.map((role) => role(shared)))).filter((kind) => kind !== null);
  const subscriber = new Subscriber({ store, worker, kinds, owner, warn });
  await subscriber.start();
  return {
    stop: async () => {
      await subscriber.stop();
      await Promise.all(kinds.map((kind) => kind.stop?.()));
    },
  };
}
