import type { FeedEvent } from './feed-event.js';

/** What a reader gets at once has at most so many characters; one event goes whatever its size. */
export const MOST_CHARACTERS = 256 * 1024;

/** Part of the log as a reader sees it: all that passes their filter after one place, up to another. */
export class Stretch {
  #frames: Buffer | undefined;

  constructor(
    readonly from: number,
    readonly upTo: number,
    readonly events: readonly FeedEvent[],
    /** Nothing more was final when it was read. */
    readonly atEnd: boolean,
  ) {}

  /** The first events of many, so that nobody is given more at once than they can hold. */
  static of(from: number, upTo: number, events: readonly FeedEvent[], { atEnd, most }: { atEnd: boolean; most: number }): Stretch {
    let [count, size] = [0, 0];
    while (count < Math.min(events.length, most) && (count === 0 || size + events[count]!.text.length <= MOST_CHARACTERS)) size += events[count++]!.text.length;
    return count === events.length ? new Stretch(from, upTo, events, atEnd) : new Stretch(from, events[count - 1]!.n, events.slice(0, count), false);
  }

  /** All of it for server-sent events; the same bytes for all who share it. */
  get frames(): Buffer {
    return this.#frames ??= this.events.length === 1 ? this.events[0]!.frame : Buffer.concat(this.events.map(({ frame }) => frame));
  }
}
