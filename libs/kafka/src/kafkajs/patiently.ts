import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 20;
const PAUSE_MS = 250;

/** kafkajs gives up at once where a coordinator has just begun to load its groups, or a topic has just been made. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === ATTEMPTS || (error as { retriable?: boolean }).retriable !== true) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
