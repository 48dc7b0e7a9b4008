import { setTimeout as sleep } from 'node:timers/promises';

const SOON_MS = 2_000;

/** Another server that this process needs. */
interface Other {
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/** Asks whether the server answers, for who has no time to wait for it: silence for two seconds is no answer. */
export class Probe {
  private asking: Promise<boolean> | undefined;

  constructor(private readonly server: Other) {}

  /** One question at a time, however many want to know. */
  async answers(): Promise<boolean> {
    this.asking ??= this.server.answers().finally(() => { this.asking = undefined; });
    const ended = new AbortController();
    const silent = sleep(SOON_MS, false, { signal: ended.signal, ref: false }).catch(() => false);
    return Promise.race([this.asking, silent]).finally(() => ended.abort());
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
