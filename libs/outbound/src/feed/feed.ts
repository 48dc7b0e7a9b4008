import type { End, FeedLog, Passing, View } from './feed-log.js';
import { Stretch } from './stretch.js';
import { type OnGrowth, Tail, type Warn } from './tail.js';
import { Turns } from './turns.js';

/** Reads of the log at once by all who are not at its end, so that they leave connections to others. */
const AT_ONCE = 3;
const PAGE = 200;

/** Who reads: whose events, which of them, and from where on. */
export interface Reading {
  readonly view: View;
  readonly passing: Passing;
  /** The same for all whose filter lets the same pass. */
  readonly key: string;
  readonly from: End;
}

/** The log leads another life than the one that a reader's place is of, or nobody reads it here any more. */
export class FeedEnded extends Error {}

/**
 * The log for any number of readers. At its end one reading serves all; who is not there, or falls behind because they are slow, reads on for themselves
 * when they ask for more. Nobody is sent anything that they have not asked for, so a slow one holds up nobody.
 */
export class Feed {
  private readonly tail: Tail;
  private readonly turns = new Turns(AT_ONCE);

  constructor(private readonly log: FeedLog, onGrowth: OnGrowth, warn: Warn) {
    this.tail = new Tail(log, onGrowth, warn);
  }

  open(reading: Reading): FeedReader {
    return new FeedReader(this.log, this.tail, this.turns, reading);
  }

  close(): void {
    this.tail.close();
  }
}

export interface Wanted {
  /** As `performance.now` has it: when to come back with nothing. */
  readonly until: number;
  readonly signal: AbortSignal;
  /** At most so many events. */
  readonly most?: number;
}

/** One reader of the feed, and how far they are. */
export class FeedReader {
  private at: number;
  private readonly epoch: number;

  constructor(private readonly log: FeedLog, private readonly tail: Tail, private readonly turns: Turns, private readonly reading: Reading) {
    this.at = reading.from.n;
    this.epoch = reading.from.epoch;
  }

  /** Where to go on after all that was given. */
  get position(): string {
    return `${this.epoch}.${this.at}`;
  }

  /** What comes next. At the end of the log it waits; before it, it may come back with nothing, but further on. @throws FeedEnded */
  async next({ until, signal, most = Infinity }: Wanted): Promise<Stretch> {
    const { view, key, passing } = this.reading;
    const channel = await this.tail.channel(view, key, passing, this.epoch);
    if (!channel) throw new FeedEnded();
    if (this.at < channel.from) return this.readUpTo(channel.from, most, false);
    return this.moved(channel.after(this.at, most) ?? await channel.wait(this.at, until, signal), most);
  }

  /** The next page of the log as it stands, without waiting. @throws FeedEnded */
  async page(most: number): Promise<Stretch> {
    const { epoch, n } = await this.log.end();
    if (epoch !== this.epoch) throw new FeedEnded();
    return this.readUpTo(Math.max(n, this.at), most, true);
  }

  /** `last`: whether that is the end of the log; where a channel begins it goes on. */
  private async readUpTo(end: number, most: number, last: boolean): Promise<Stretch> {
    const { view, passing } = this.reading;
    const from = this.at;
    const { events, upTo } = await this.turns.take(() => this.log.page(view, { after: from, upTo: end, limit: PAGE, ...passing }));
    return this.moved(Stretch.of(from, upTo, events.filter(({ placed }) => passing.passes(placed)), { atEnd: last && upTo === end, most }), most);
  }

  private moved(stretch: Stretch, most: number): Stretch {
    const given = stretch.events.length <= most ? stretch : Stretch.of(stretch.from, stretch.upTo, stretch.events, { atEnd: false, most });
    this.at = given.upTo;
    return given;
  }
}
