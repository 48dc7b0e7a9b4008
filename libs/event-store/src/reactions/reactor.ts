import { effectiveEvents } from '#journey';
import type { EventStore } from '../event-store.js';
import { pause } from '../pause.js';
import type { Database } from '../postgres/database.js';
import { findTenant } from '../postgres/tenants.js';
import type { KeyRing } from '../sealing/key-ring.js';
import { tell } from '../telemetry/measures.js';
import { nextDue, putOff, settle, takeDue, type Taken, writeDown } from './agenda.js';
import { appendAnswers } from './append-answers.js';
import { knownStory } from './known-story.js';
import { beginListening, listen, readNow, UNREADABLE } from './listen.js';
import type { Answer, Reaction, ReactionWork } from './reaction.js';

const POLL_MS = 10_000;
/** The log is read so often while entries are dealt with. */
const A_WHILE_MS = 250;
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
  /** Left out: the database's clock. */
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
  /** How far the database's clock is ahead of this process's. */
  private ahead = 0;
  private readonly inHand = new Map<Taken, Promise<void>>();
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
    return this.options.now?.() ?? new Date(Date.now() + this.ahead);
  }

  private async work(): Promise<void> {
    const { worker, store, reactions } = this.options;
    this.next = null;
    try {
      for (let more = true; more && !this.stopped;) {
        more = await listen(worker, store, reactions);
        const { next, clock } = await worker.statements((sql) => nextDue(sql, [...this.reactions.keys()]));
        [this.next, this.ahead] = [next, clock.getTime() - Date.now()];
        if (this.inHand.size > 0 || (next && next <= this.now())) more = await this.dealAWhile(more) || more;
      }
    } finally {
      await Promise.all(this.inHand.values());
    }
  }

  /**
   * Takes entries and begins each at once, so that none waits behind another that is slow. Ends after a while, or when there is nothing to do.
   * @returns whether anything was done, or still is in hand
   */
  private async dealAWhile(briefly: boolean): Promise<boolean> {
    const end = performance.now() + A_WHILE_MS;
    let some = this.inHand.size > 0;
    do {
      const most = AT_ONCE - this.inHand.size;
      const items = most === 0 ? [] : await this.options.worker.statements((sql) => takeDue(sql, [...this.reactions.keys()], { now: this.now(), most, inHand: [...this.inHand.keys()] }));
      for (const item of items) this.inHand.set(item, this.deal(item).finally(() => this.inHand.delete(item)));
      if (this.inHand.size === 0) return some;
      some = true;
      const left = end - performance.now();
      if (left > 0 && !briefly) await this.oneIsDone(left);
    } while (!briefly && !this.stopped && performance.now() < end);
    return some;
  }

  private async oneIsDone(withinMs: number): Promise<void> {
    const over = new AbortController();
    await Promise.race([...this.inHand.values(), pause(withinMs, over.signal)]);
    over.abort();
  }

  private sleep(): void {
    this.looks -= 1;
    if (this.stopped || this.looks > 0) return;
    // What is due and could not be taken is in other hands: no reason to ask without a pause.
    const wait = this.next ? Math.min(Math.max(this.next.getTime() - this.now().getTime(), A_WHILE_MS), POLL_MS) : POLL_MS;
    this.timer = setTimeout(() => void this.look(), wait);
  }

  private async deal(item: Taken): Promise<void> {
    const { worker, warn } = this.options;
    try {
      await this.act(item, this.reactions.get(item.reaction)!);
      tell('attempt', { reaction: item.reaction, outcome: 'done' });
    } catch (error) {
      tell('attempt', { reaction: item.reaction, outcome: 'failed' });
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** (item.attempts - 1), LONGEST_PAUSE_MS);
      warn(`Reaction ${item.reaction} to ${item.cause.type} at ${item.cause.position} (tenant ${item.tenant}, ${item.subject}) will try again in ${wait / 1_000} s`, error);
      await worker.statements((sql) => putOff(sql, item, String((error as Error)?.message ?? error), new Date(this.now().getTime() + wait)))
        .catch((failure: unknown) => warn('Whoever looks when its two minutes are over will try again', failure));
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
    await worker.brief(async (sql) => {
      await writeDown(sql, wanted);
      await settle(sql, item);
    });
  }

  private async workOf(id: string): Promise<ReactionWork> {
    const { worker, store, keys = null } = this.options;
    const tenant = await findTenant(worker, id);
    if (!tenant) throw new Error(`There is no tenant ${id}`);
    return {
      now: this.now(), tenant, keys, read: (query) => worker.statements(query), story: (customer) => knownStory(worker, id, customer),
      stream: async (category, stream) => effectiveEvents(await store.readStream({ tenant: id, category, id: stream })),
    };
  }
}
