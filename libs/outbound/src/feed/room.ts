import { Channel } from './channel.js';
import type { FeedEvent } from './feed-event.js';
import type { Passing, View } from './feed-log.js';

interface Member { readonly passing: Passing; readonly channel: Channel }

/** All channels of a view, and how far it was read. */
export class Room {
  private readonly members = new Map<string, Member>();
  /** Channels in which an event of a type may pass: looked up once for each type. */
  private readonly byType = new Map<string, readonly Member[]>();

  constructor(readonly view: View, public at: number) {}

  /** Whether somebody here looks at segments. */
  get segments(): boolean {
    return [...this.members.values()].some(({ passing }) => passing.segments);
  }

  channel(key: string, passing: Passing): Channel {
    const known = this.members.get(key);
    if (known) return known.channel;
    const channel = new Channel(this.at);
    this.members.set(key, { passing, channel });
    this.byType.clear();
    return channel;
  }

  /** `segments`: whether they were looked up for these events; a channel that wants them and came too late for it begins after them. */
  add(events: readonly FeedEvent[], upTo: number, segments: boolean): void {
    for (const event of events) {
      for (const { passing, channel } of this.concerned(event.placed.event.type)) if (event.n > channel.from && passing.passes(event.placed)) channel.add(event);
    }
    this.at = upTo;
    for (const { passing, channel } of this.members.values()) {
      if (passing.segments && !segments) channel.skip(upTo);
      else channel.reach(upTo);
    }
  }

  /** @returns false when nobody is left */
  tick(now: number): boolean {
    for (const [key, { channel }] of [...this.members]) {
      if (channel.tick(now)) continue;
      this.members.delete(key);
      this.byType.clear();
    }
    return this.members.size > 0;
  }

  wakeAll(): void {
    for (const { channel } of this.members.values()) channel.wakeAll();
  }

  private concerned(type: string): readonly Member[] {
    const known = this.byType.get(type);
    if (known) return known;
    const found = [...this.members.values()].filter(({ passing: { types } }) => types === undefined || types.includes(type));
    this.byType.set(type, found);
    return found;
  }
}
