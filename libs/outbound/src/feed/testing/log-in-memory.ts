import type { PlacedEvent } from '../../public-event/place-events.js';
import type { PublicEvent } from '../../public-event/public-event.js';
import { FeedEvent } from '../feed-event.js';
import type { End, FeedLog, Part, View } from '../feed-log.js';

/** A log in memory that tells how often it was read. Each read takes a moment, as a database does. The segment of a customer is the type of the fact. */
export class LogInMemory implements FeedLog {
  private readonly stored: { readonly tenant: string; readonly type: string; readonly n: number }[] = [];
  private readonly listeners = new Set<() => void>();
  epoch = 1;
  /** How far it is final. */
  n = 0;
  pages = 0;
  failing = false;
  /** Holds pages back until it resolves. */
  gate: Promise<void> | undefined;

  add(tenant: string, types: readonly string[]): void {
    for (const type of types) this.stored.push({ tenant, type, n: this.n += 1 });
    for (const listener of [...this.listeners]) listener();
  }

  readonly onGrowth = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  async end(): Promise<End> {
    await this.pass();
    return { epoch: this.epoch, n: this.n };
  }

  async news(after: number, upTo: number): Promise<ReadonlySet<string>> {
    await this.pass();
    return new Set(this.stored.slice(after, upTo).map(({ tenant }) => tenant));
  }

  async page({ tenant, unseal }: View, { after, upTo, limit, types, segments }: Part): ReturnType<FeedLog['page']> {
    this.pages += 1;
    await this.pass();
    await this.gate;
    const found = this.stored.slice(after, upTo).filter((each) => each.tenant === tenant && (!types || types.includes(each.type))).slice(0, limit);
    const events = found.map(({ type, n }) => {
      const event = { type, position: `${this.epoch}.${n}` };
      return new FeedEvent({ event, segment: segments ? type : null } as PlacedEvent, n, { ...event, unseal } as unknown as PublicEvent);
    });
    return { events, upTo: found.length === limit ? found.at(-1)!.n : upTo };
  }

  /** Positions of those that pass, in order. */
  wanted(tenant: string, passes: (type: string) => boolean, after = 0): number[] {
    return this.stored.filter((each) => each.tenant === tenant && each.n > after && passes(each.type)).map(({ n }) => n);
  }

  private async pass(): Promise<void> {
    await new Promise((wake) => setImmediate(wake));
    if (this.failing) throw new Error('away');
  }
}
