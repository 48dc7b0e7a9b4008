import type { Channel } from './channel.js';
import type { End, FeedLog, Passing, View } from './feed-log.js';
import { Room } from './room.js';
import { Turns } from './turns.js';

/** Between two looks at the log; what comes in between goes out together. */
const GAP_MS = 20;
const TICK_MS = 250;
/** In case that a notification is lost. */
const SAFETY_MS = 1_000;
const PAGE = 500;
/** Views that are read at once. */
const AT_ONCE = 4;

export type OnGrowth = (listener: () => void) => () => void;
export type Warn = (message: string, error: unknown) => void;

/** Reads the end of the log once for all who are there, and only as long as somebody is. */
export class Tail {
  private end: End | undefined;
  private starting: Promise<End> | undefined;
  private readonly rooms = new Map<string, Room>();
  private ticking: NodeJS.Timeout | undefined;
  private looking: NodeJS.Timeout | undefined;
  private lookedAt = 0;
  private busy = false;
  private grown = false;
  private letGo: (() => void) | undefined;
  private closed = false;
  private readonly turns = new Turns(AT_ONCE);

  constructor(private readonly log: FeedLog, private readonly onGrowth: OnGrowth, private readonly warn: Warn) {}

  /** The channel of those who see the same, in a life of the log; null where it leads another, or nobody reads any more. */
  async channel(view: View, key: string, passing: Passing, life: number): Promise<Channel | null> {
    if (this.closed) return null;
    const { epoch, n } = this.end ?? await this.start();
    if (epoch !== life) return null;
    const name = `${view.tenant}/${view.unseal}`;
    let room = this.rooms.get(name);
    if (!room) this.rooms.set(name, room = new Room(view, n));
    return room.channel(key, passing);
  }

  private grow(): void {
    this.grown = true;
    if (this.end && !this.busy) this.looking ??= setTimeout(() => void this.look(), Math.max(0, this.lookedAt + GAP_MS - performance.now()));
  }

  /** Wakes all; who asks again is given nothing. */
  close(): void {
    this.closed = true;
    this.stop();
  }

  private stop(): void {
    clearInterval(this.ticking);
    clearTimeout(this.looking);
    this.letGo?.();
    this.letGo = undefined;
    this.ticking = this.looking = this.end = undefined;
    const rooms = [...this.rooms.values()];
    this.rooms.clear();
    for (const room of rooms) room.wakeAll();
  }

  private start(): Promise<End> {
    return this.starting ??= this.log.end().then((end) => {
      if (this.closed) return end;
      this.end = end;
      this.letGo = this.onGrowth(() => this.grow());
      this.ticking = setInterval(() => this.tick(), TICK_MS);
      return end;
    }).finally(() => { this.starting = undefined; });
  }

  private tick(): void {
    const now = performance.now();
    for (const [name, room] of [...this.rooms]) if (!room.tick(now)) this.rooms.delete(name);
    if (this.rooms.size === 0 && !this.busy) this.stop();
    else if (now - this.lookedAt >= SAFETY_MS) this.grow();
  }

  private async look(): Promise<void> {
    this.looking = undefined;
    this.lookedAt = performance.now();
    this.busy = true;
    this.grown = false;
    try {
      const end = await this.log.end();
      if (end.epoch !== this.end?.epoch) this.stop();
      else if (end.n > this.end.n) await this.readUpTo(end);
    } catch (error) {
      this.warn('The feed could not read the log and will try again', error);
    } finally {
      this.busy = false;
      if (this.grown) this.grow();
    }
  }

  /** A room that comes meanwhile begins where the others began, and has its turn as well. Nothing is left under way, so that no room is read twice at once. */
  private async readUpTo(end: End): Promise<void> {
    const tenants = await this.log.news(this.end!.n, end.n);
    const behind = () => [...this.rooms.values()].filter(({ at }) => at < end.n);
    for (let rooms = behind(); rooms.length > 0; rooms = behind()) {
      const done = await Promise.allSettled(rooms.map((room) => this.bring(room, tenants.has(room.view.tenant), end.n)));
      const failed = done.find(({ status }) => status === 'rejected');
      if (failed) throw (failed as PromiseRejectedResult).reason;
    }
    if (this.end && this.end.n < end.n) this.end = end;
  }

  private async bring(room: Room, hasNews: boolean, upTo: number): Promise<void> {
    while (hasNews && room.at < upTo) {
      const { segments } = room;
      const page = await this.turns.take(() => this.log.page(room.view, { after: room.at, upTo, limit: PAGE, segments }));
      room.add(page.events, page.upTo, segments);
    }
    if (room.at < upTo) room.add([], upTo, true);
  }
}
