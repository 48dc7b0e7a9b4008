import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresUnavailable } from './failure.js';
import type { Tenure } from './tenure.js';

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 250;

/** Who wants the server started again when it dies. */
export interface Revival {
  /** Told, once, when it cannot be started again. */
  readonly givenUp: (error: PostgresUnavailable) => void;
}

/** Starts the server again, by `again`, whenever it ends the use of it by itself; pauses longer after each failure. @returns the use, for as long as it lasts */
export function watchOver(first: Tenure, again: () => Promise<Tenure>, { givenUp }: Revival, log: (line: string) => void): Pick<Tenure, 'leave'> {
  let tenure = first;
  let left = false;
  let reviving: Promise<void> = Promise.resolve();
  const watch = () => void tenure.lost.then(() => { if (!left) reviving = revive(); });
  const revive = async () => {
    log('The database server has ended unexpectedly; starting it again.');
    for (let attempt = 1; !left; attempt++) {
      try {
        tenure = await again();
        return watch();
      } catch (error) {
        if (attempt === ATTEMPTS) return givenUp(error as PostgresUnavailable);
      }
      await sleep(FIRST_PAUSE_MS * 2 ** attempt);
    }
  };
  watch();
  return {
    leave: async () => {
      left = true;
      await reviving;
      return tenure.leave();
    },
  };
}
