import type { ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { Feed } from '#outbound';
import { Stopping } from '../http/stopping.js';

/** How long a reader who takes nothing may hold up a stop. */
const LAST_MS = 500;

/** All answers that wait for events. They end when their reader leaves, or has left, and when the process stops. */
@Injectable()
export class OpenStreams {
  private readonly open = new Set<AbortController>();

  constructor(@Inject(Feed) private readonly feed: Feed, @Inject(Stopping) stopping: Stopping) {
    stopping.signal.addEventListener('abort', () => this.end(), { once: true });
  }

  /** Runs with a signal that tells when to come to an end. */
  async during<T>(response: ServerResponse, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const gone = () => controller.abort();
    this.open.add(controller);
    response.once('close', gone);
    // Whoever left before is not heard of again.
    if (response.destroyed) gone();
    try {
      return await work(controller.signal);
    } finally {
      response.off('close', gone);
      this.open.delete(controller);
    }
  }

  /** Ends an answer; one that nobody takes is cut off. */
  finish(response: ServerResponse): void {
    if (response.destroyed) return;
    const timer = setTimeout(() => response.destroy(), LAST_MS);
    response.end(() => clearTimeout(timer));
    response.once('close', () => clearTimeout(timer));
  }

  private end(): void {
    for (const controller of [...this.open]) controller.abort();
    this.feed.close();
  }
}
