import { setTimeout as sleep } from 'node:timers/promises';
import { inSpan, type Sql, tell, traceParent } from '#event-store';
import type { JourneyEvent } from '#journey';
import type { PostWebhook } from '../webhook/post-webhook.js';
import { type ContentParts, contentOf, factsOf } from './contents.js';
import { signingKeys } from './endpoint.js';
import { Hand } from './hand.js';
import { type Attempt, settle } from './settle.js';
import { deadEndpoints, forgetOld, giveUp } from './sweep.js';
import { nextDue, type Take, takeDue, takeTests, type Taken } from './take.js';

export interface SenderOptions extends ContentParts {
  readonly post: PostWebhook;
  readonly warn: (message: string, error: unknown) => void;
  /** Left out: the database's clock. */
  readonly now?: () => Date;
  /** After so long without a word of how it went, a delivery may be taken by anybody. */
  readonly holdMs?: number;
}

/** Longer than any attempt takes. */
const HOLD_MS = 40_000;
/** Whoever puts something on its way tells listeners of the log; where that was missed, it is found this soon. */
const POLL_MS = 30_000;
const BUSY_MS = 250;
const SWEEP_MS = 60_000;
/** At once in this process: to endpoints that do well, and to all others together. Of each no more than half to those of one tenant. */
const [ROOM, DOUBTFUL_ROOM] = [256, 128];
const MEDIA_TYPE = 'application/cloudevents+json; charset=utf-8';

/** Sends what is due, to all endpoints beside each other. Any number of processes may do so at once. */
export class WebhookSender {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly well = new Hand(ROOM);
  private readonly doubtful = new Hand(DOUBTFUL_ROOM);
  private readonly done = new Map<string, Attempt[]>();
  private bell = new AbortController();
  /** How far the database's clock is ahead of this process's. */
  private ahead = 0;
  private readonly deafen: () => void;

  constructor(private readonly options: SenderOptions) {
    this.deafen = options.store.onGrowth(() => this.ring());
  }

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  /** Something may be due. */
  ring(): void {
    this.bell.abort();
  }

  /** Waits for what is on its way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.deafen();
    this.ring();
    await this.running;
    await Promise.all([this.well.empty(), this.doubtful.empty()]);
  }

  private async run(signal: AbortSignal): Promise<void> {
    for (let sweptAt = -Infinity; !signal.aborted;) {
      this.bell = new AbortController();
      let wait = POLL_MS;
      try {
        wait = await this.look();
        if (performance.now() - sweptAt > SWEEP_MS) {
          await this.sweep();
          sweptAt = performance.now();
        }
      } catch (error) {
        this.options.warn('Webhooks will be looked at again in a moment', error);
      }
      await sleep(wait, undefined, { signal: this.bell.signal }).catch(() => undefined);
    }
  }

  /** The database's clock, as far as it was seen. */
  private now(): Date {
    return this.options.now?.() ?? new Date(Date.now() + this.ahead);
  }

  /** @returns after how long to look again */
  private async look(): Promise<number> {
    const { well, doubtful, test, clock } = await this.options.worker.statements((sql) => nextDue(sql, this.options.now?.() ?? null));
    if (!this.options.now) this.ahead = clock.getTime() - Date.now();
    const isDue = (next: Date | null) => next !== null && next <= clock;
    let begun = 0;
    if (isDue(well)) begun += await this.begin(this.well, (sql, take) => takeDue(sql, false, take));
    if (isDue(doubtful)) begun += await this.begin(this.doubtful, (sql, take) => takeDue(sql, true, take));
    if (isDue(test)) begun += await this.begin(this.doubtful, takeTests);
    if (begun > 0) return 0;
    const next = Math.min(...[well, doubtful, test].map((at) => at?.getTime() ?? Infinity)) - clock.getTime();
    // What is due and could not be taken is in other hands, or waits for room: whoever is done rings.
    return next <= 0 ? BUSY_MS : Math.min(next + 1, POLL_MS);
  }

  private async begin(hand: Hand, take: (sql: Sql, how: Take) => Promise<Taken[]>): Promise<number> {
    const { free, busy } = hand;
    if (free === 0) return 0;
    const { worker, warn, holdMs = HOLD_MS } = this.options;
    const now = this.now();
    const taken = await worker.brief((sql) => take(sql, { now, holdMs, free, busy }));
    for (const tenant of new Set(taken.map(({ endpoint }) => endpoint.tenant))) {
      const own = taken.filter(({ endpoint }) => endpoint.tenant === tenant);
      const facts = factsOf(this.options.store, tenant, own);
      own.forEach((each, place) => {
        const sending = this.deliver(each, facts.then((all) => all[place]), now).catch((error: unknown) => warn(`Webhook ${each.id} of tenant ${tenant} will be sent again`, error));
        void hand.hold(tenant, sending).then(() => this.ring());
      });
    }
    return taken.length;
  }

  private async deliver(taken: Taken, fact: Promise<JourneyEvent | undefined>, now: Date): Promise<void> {
    const { endpoint, id } = taken;
    const { keys, post } = this.options;
    const about = await fact;
    const content = await contentOf(this.options, taken, about, now);
    if ('never' in content) return this.settle({ taken, sent: false, forGood: true, why: content.never, answer: null });
    const webhook = { url: endpoint.url, keys: await signingKeys(keys, endpoint, now), id, body: content.body, mediaType: MEDIA_TYPE };
    const { answer = null, ...delivery } = await inSpan('deliver webhook', { kind: 'producer', from: about?.traceParent }, () => post({ ...webhook, traceParent: traceParent() ?? about?.traceParent }, now));
    tell('delivery', { by: 'webhook', outcome: delivery.status, count: 1 });
    return this.settle({ taken, sent: delivery.status === 'sent', forGood: delivery.status === 'refused' && delivery.forGood, why: delivery.status === 'sent' ? null : delivery.why, answer });
  }

  /** What has come of attempts at one endpoint while another transaction was busy with it goes into the next. */
  private async settle(attempt: Attempt): Promise<void> {
    const { tenant, id } = attempt.taken.endpoint;
    const key = `${tenant}/${id}`;
    const waiting = this.done.get(key);
    if (waiting) return void waiting.push(attempt);
    const attempts = [attempt];
    this.done.set(key, attempts);
    try {
      while (attempts.length > 0) {
        const turn = await this.options.worker.brief((sql) => settle(sql, attempts.splice(0), this.now()));
        if (turn === 'down') this.options.warn(`The webhook endpoint ${id} of tenant ${tenant} is down: nothing but trials is sent to it until it answers`, new Error(attempt.why ?? 'no answer'));
        if (turn === 'gone') this.options.warn(`The webhook endpoint ${id} of tenant ${tenant} was disabled`, new Error('Its receiver answered 410'));
      }
    } finally {
      this.done.delete(key);
    }
  }

  private async sweep(): Promise<void> {
    const { worker } = this.options;
    const now = this.now();
    for (const endpoint of await worker.statements((sql) => deadEndpoints(sql, now))) await worker.brief((sql) => giveUp(sql, endpoint, now));
    await worker.statements((sql) => forgetOld(sql, now));
  }
}
