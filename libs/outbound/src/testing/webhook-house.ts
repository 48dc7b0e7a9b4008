import { Database, ensureTenant, eventStoreMigrations, KeyRing, migrate, parseMasterKey, PostgresEventStore, Subscriber } from '#event-store';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { outboundMigrations } from '../migrations/index.js';
import { webhookPoster } from '../webhook/post-webhook.js';
import { listDeliveries } from '../webhooks/delivery-log.js';
import { createEndpoint, findEndpoint, type NewEndpoint } from '../webhooks/endpoints.js';
import { webhookKind } from '../webhooks/webhook-kind.js';
import { type SenderOptions, WebhookSender } from '../webhooks/webhook-sender.js';
import { Receiver } from './receiver.js';

export const TENANT = 'acme';
export const MASTER_KEY = Buffer.alloc(32, 3).toString('base64');

/** Facts, endpoints and a receiver, with what follows the log and what sends. Its clock can be moved on. */
export class WebhookHouse {
  worker!: Database;
  store!: PostgresEventStore;
  keys!: KeyRing;
  readonly receiver = new Receiver();
  readonly warnings: string[] = [];
  private fresh!: TestDatabase;
  private readonly running: { stop(): Promise<void> }[] = [];
  private told = 0;
  private moved = 0;

  async open(): Promise<void> {
    this.fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...outboundMigrations]); });
    this.worker = new Database(this.fresh.url, 'touchline_worker', 10);
    this.store = new PostgresEventStore(this.worker);
    this.keys = new KeyRing(this.worker, parseMasterKey(MASTER_KEY));
    await ensureTenant(this.worker, TENANT, 'UTC');
    await ensureTenant(this.worker, 'globex', 'UTC');
    await this.receiver.start();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.receiver.close();
    await this.store.close();
    await this.worker.close();
    await this.fresh.drop();
  }

  get url(): string {
    return this.fresh.url;
  }

  /** Follows the log and sends, until `stop`. */
  async start({ mostWaiting, ...options }: Partial<SenderOptions> & { readonly mostWaiting?: number } = {}): Promise<WebhookSender> {
    const { worker, store, keys } = this;
    const warn = (message: string, error: unknown) => this.warnings.push(`${message}: ${(error as Error).message}`);
    const sender = new WebhookSender({ worker, store, keys, publicUrl: undefined, post: webhookPoster({ allowPrivate: true, waitMs: 1_500 }), warn, now: () => this.now(), ...options });
    const subscriber = new Subscriber({ store, worker, kinds: [webhookKind({ worker, ring: () => sender.ring(), ...(mostWaiting !== undefined && { mostWaiting }) })], owner: `w${this.running.length}`, warn });
    this.running.push(subscriber, sender);
    sender.start();
    await subscriber.start();
    return sender;
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.splice(0).map((each) => each.stop()));
  }

  now(): Date {
    return new Date(Date.now() + this.moved);
  }

  /** Lets time pass; whoever sleeps looks at the clock again. */
  pass(ms: number): void {
    this.moved += ms;
    this.store.announce();
  }

  async endpoint(name: string, more: Partial<NewEndpoint> = {}, tenant = TENANT): Promise<string> {
    const id = await this.worker.statements((sql) => createEndpoint(sql, tenant, { url: this.receiver.url(name), description: null, filter: {}, start: null, ordered: true, signature: 'v1', unseal: false, enabled: true, by: 'ann', ...more }));
    this.store.announce();
    return id;
  }

  /** So many facts, of customers c0, c1, ... in turn. @returns their ids */
  async tell(count: number, { customers = 1, tenant = TENANT, type = 'ticket.opened', data = {} as Record<string, unknown> } = {}): Promise<string[]> {
    const ids = Array.from({ length: count }, () => `f${this.told++}`);
    await this.store.append(ids.map((id, place) => ({ stream: { tenant, category: 'customer', id: `c${place % customers}` }, expected: 'any', events: [{ source: 'crm', id, type, version: 1, occurredAt: '2026-01-05T08:00:00.000Z', actor: { kind: 'system', id: 'crm' }, data, bodyHash: id }] })));
    return ids;
  }

  find(id: string) {
    return this.worker.statements((sql) => findEndpoint(sql, TENANT, id));
  }

  /** The newest first. */
  async log(id: string) {
    return (await this.worker.statements((sql) => listDeliveries(sql, TENANT, id, { limit: 100 }))).deliveries;
  }

  async until(condition: () => boolean | Promise<boolean>, what: () => unknown = () => this.receiver.got.length): Promise<void> {
    for (const began = performance.now(); !await condition(); await new Promise((wake) => setTimeout(wake, 15))) {
      if (performance.now() - began > 20_000) throw new Error(`It did not happen: ${JSON.stringify([await what(), this.warnings])}`);
    }
  }

  /** Until an endpoint has got just these facts, in this order. */
  async gets(name: string, ids: readonly string[]): Promise<void> {
    await this.until(() => this.receiver.ids(name).join() === ids.join(), () => this.receiver.ids(name));
  }
}
