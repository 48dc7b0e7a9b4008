import { effectiveEvents } from '#journey';
import type { EventStore } from '../event-store.js';
import type { Database } from '../postgres/database.js';
import { listTenants } from '../postgres/tenants.js';
import type { KeyRing } from '../sealing/key-ring.js';
import { nextDue, putOff, settle, takeDue, type Taken, writeDown } from './agenda.js';
import { appendAnswers } from './append-answers.js';
import { knownStory } from './known-story.js';
import { beginListening, listen, readNow, UNREADABLE } from './listen.js';
import type { Answer, Reaction, ReactionWork } from './reaction.js';

const POLL_MS = 10_000;
const AT_ONCE = 8;
const FRESH_TRIES = 10;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [2_000, 3_600_000];

export interface ReactorOptions {
  readonly worker: Database;
  readonly store: EventStore;
  readonly reactions: readonly Reaction[];
  readonly keys?: KeyRing | null;
  /** Holds a fact against its schema. @throws where it does not fit */
  readonly check: (fact: Answer) => void;
  readonly warn: (message: string, error: unknown) => void;
  readonly now?: () => Date;
}

/** Runs reactions: reads the log for them, and does what is due. Any number of processes may do so at once. */
export class Reactor {
  private readonly reactions: ReadonlyMap<string, Reaction>;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private looks = 0;
  /** When the next entry is due, as of the last look; null without any. */
  private next: Date | null = null;
  private stopped = false;
  private deafen: () => void = () => undefined;

  constructor(private readonly options: ReactorOptions) {
    this.reactions = new Map(options.reactions.map((reaction) => [reaction.name, reaction]));
  }

  async start(): Promise<void> {
    const { worker, store, reactions } = this.options;
    await beginListening(worker, store, reactions);
    this.deafen = store.onGrowth(() => void this.look());
    void this.look();
  }

  /** Looks at the log and the agenda, until nothing is left to do now; calls that come meanwhile are one. Never fails: what could not be done is tried again. */
  look(): Promise<void> {
    if (this.looks > 1) return this.working;
    this.looks += 1;
    clearTimeout(this.timer);
    return (this.working = this.working.then(() => this.work()).catch((error: unknown) => this.options.warn('Reactions will try again', error)).then(() => this.sleep()));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.deafen();
    clearTimeout(this.timer);
    await this.working;
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }

  private async work(): Promise<void> {
    const { worker, store, reactions } = this.options;
    const names = [...this.reactions.keys()];
    this.next = null;
    for (let more = true; more && !this.stopped;) {
      more = await listen(worker, store, reactions);
      this.next = await worker.statements((sql) => nextDue(sql, names));
      if (!this.next || this.next > this.now()) continue;
      const items = await worker.statements((sql) => takeDue(sql, names, this.now(), AT_ONCE));
      await Promise.all(byCustomer(items).map(async (ofOne) => { for (const item of ofOne) await this.deal(item); }));
      more ||= items.length > 0;
    }
  }

  private sleep(): void {
    this.looks -= 1;
    if (this.stopped || this.looks > 0) return;
    const wait = this.next ? Math.min(Math.max(this.next.getTime() - this.now().getTime(), 0), POLL_MS) : POLL_MS;
    this.timer = setTimeout(() => void this.look(), wait);
  }

  private async deal(item: Taken): Promise<void> {
    const { worker, warn } = this.options;
    try {
      await this.act(item, this.reactions.get(item.reaction)!);
    } catch (error) {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (item.attempts - 1), LONGEST_PAUSE_MS);
      warn(`Reaction ${item.reaction} to ${item.cause.type} at ${item.cause.position} (tenant ${item.tenant}, ${item.subject}) will try again in ${pause / 1_000} s`, error);
      await worker.statements((sql) => putOff(sql, item, String((error as Error)?.message ?? error), new Date(this.now().getTime() + pause)));
    }
  }

  private async act(item: Taken, reaction: Reaction): Promise<void> {
    const { worker, store, check } = this.options;
    if (item.subject === UNREADABLE) return this.readAgain(item, reaction);
    for (let tries = 1; ; tries++) {
      const work = await this.workOf(item.tenant);
      const { facts = [], again } = await reaction.act(item, work);
      facts.forEach(check);
      if (await appendAnswers(store, item, facts, work.now)) return worker.statements((sql) => settle(sql, item, again));
      if (tries === FRESH_TRIES) throw new Error(`The stream has grown ${FRESH_TRIES} times while an answer to it was made`);
    }
  }

  private async readAgain(item: Taken, reaction: Reaction): Promise<void> {
    const { worker, store } = this.options;
    const [event] = await store.find(item.tenant, [item.cause]);
    if (!event) throw new Error('The fact is not in the log any more');
    const wanted = readNow(reaction, event);
    await worker.transaction(async (sql) => {
      await writeDown(sql, wanted);
      await settle(sql, item);
    });
  }

  private async workOf(id: string): Promise<ReactionWork> {
    const { worker, store, keys = null } = this.options;
    const tenant = (await listTenants(worker)).find((each) => each.id === id);
    if (!tenant) throw new Error(`There is no tenant ${id}`);
    return {
      now: this.now(), tenant, keys, read: (query) => worker.statements(query), story: (customer) => knownStory(worker, id, customer),
      stream: async (category, stream) => effectiveEvents(await store.readStream({ tenant: id, category, id: stream })),
    };
  }
}

/** What concerns one customer is done one after the other. */
function byCustomer(items: readonly Taken[]): Taken[][] {
  const groups = new Map<string, Taken[]>();
  for (const item of items) {
    const key = `${item.tenant}/${item.customer}`;
    groups.set(key, [...groups.get(key) ?? [], item]);
  }
  return [...groups.values()];
}
