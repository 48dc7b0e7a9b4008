import type { Database, EventStore } from '#event-store';
import { announceChanges } from '#read-model';

const SOON_MS = 500;

/** Appends announcements of changed risks and health soon after the log has grown, which is when rows change; and whenever it is told to look. */
export class Announcer {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private readonly deafen: () => void;

  constructor(private readonly worker: Database, private readonly store: EventStore, private readonly warn: (error: unknown) => void) {
    this.deafen = store.onGrowth(() => { this.timer ??= setTimeout(() => void this.look(), SOON_MS); });
  }

  /** Works off what is noted. Never fails: what could not be appended stays noted. */
  look(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.working = this.working.then(async () => { while (await announceChanges(this.worker, this.store) > 0); }).catch(this.warn));
  }

  /** Ends it, with what is in hand done. */
  async stop(): Promise<void> {
    this.deafen();
    clearTimeout(this.timer);
    await this.working;
  }
}
