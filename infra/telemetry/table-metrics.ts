import { Gauge, type Registry } from 'prom-client';
import type { Figures } from '#event-store';
import type { WebhookFigures } from '#outbound';

const KEPT_MS = 5_000;

type Told = Figures & { readonly webhooks: WebhookFigures };

type Row = readonly [labels: Record<string, string>, value: number];
const one = (value: number): Row[] => [[{}, value]];
const of = <Each>(label: string, all: readonly Each[], name: (each: Each) => string, value: (each: Each) => number): Row[] => all.map((each) => [{ [label]: name(each) }, value(each)]);
const projection = (value: (each: Figures['projections'][number]) => number) => ({ projections }: Told) => of('projection', projections, ({ name }) => name, value);
const reaction = (value: (each: Figures['reactions'][number]) => number) => ({ reactions }: Told) => of('reaction', reactions, ({ name }) => name, value);

const kind = (value: (each: Figures['kinds'][number]) => number) => ({ kinds }: Told) => of('kind', kinds, (each) => each.kind, value);
const slowest = ({ slowest: all }: Told): Row[] => all.map(({ lagSeconds, id, ...where }) => [{ ...where, subscription: id }, lagSeconds]);

/** Of the installation, read from its tables: every process answers the same, so that they are known also when no worker lives. Take `max` of them, not `sum`. */
const GAUGES: readonly { readonly name: string; readonly help: string; readonly labels?: readonly string[]; readonly rows: (told: Told) => Row[] }[] = [
  { name: 'touchline_log_head_position', help: 'Position up to which the log is final.', rows: ({ head }) => one(head) },
  { name: 'touchline_log_floor_held_seconds', help: 'For how long the oldest open append has kept readers from going on.', rows: ({ floorSeconds }) => one(floorSeconds) },
  { name: 'touchline_mirror_age_seconds', help: 'Where the log is in EventStoreDB: for how long nobody has heard that its mirror in PostgreSQL has all.', rows: ({ mirrorSeconds }) => (mirrorSeconds === null ? [] : one(mirrorSeconds)) },
  { name: 'touchline_projection_lag_seconds', labels: ['projection'], help: 'Age of the oldest event that the live generation has not yet applied.', rows: projection(({ lagSeconds }) => lagSeconds) },
  { name: 'touchline_projection_behind_positions', labels: ['projection'], help: 'Positions between the live generation and the end of the log.', rows: projection(({ behind }) => behind) },
  { name: 'touchline_projection_parked_customers', labels: ['projection'], help: 'Customers that the live generation holds back.', rows: projection(({ parked }) => parked) },
  { name: 'touchline_projection_stopped', labels: ['projection'], help: '1 when too many customers were parked for one cause and nothing is applied until it is resumed.', rows: projection(({ stopped }) => Number(stopped)) },
  { name: 'touchline_projection_workers', labels: ['projection'], help: 'Living workers that hold partitions of the live generation.', rows: projection(({ workers }) => workers) },
  { name: 'touchline_reaction_behind_positions', labels: ['reaction'], help: 'Positions between what a reaction has read and the end of the log.', rows: reaction(({ behind }) => behind) },
  { name: 'touchline_reaction_due_entries', labels: ['reaction'], help: 'Entries of the agenda whose time has come.', rows: reaction(({ due }) => due) },
  { name: 'touchline_reaction_late_seconds', labels: ['reaction'], help: 'For how long the first entry that is due has waited.', rows: reaction(({ lateSeconds }) => lateSeconds) },
  { name: 'touchline_subscriptions', labels: ['kind'], help: 'Ways to tell other systems of the log that are followed.', rows: kind(({ count }) => count) },
  { name: 'touchline_subscriptions_failing', labels: ['kind'], help: 'Subscriptions whose last attempt failed.', rows: kind(({ failing }) => failing) },
  { name: 'touchline_subscriptions_unfollowed', labels: ['kind'], help: 'Subscriptions that no living worker follows.', rows: kind(({ unfollowed }) => unfollowed) },
  { name: 'touchline_subscription_lag_seconds', labels: ['kind', 'tenant', 'subscription'], help: 'Age of the oldest event that a subscription has not looked at; of the twenty furthest behind, and no others.', rows: slowest },
  { name: 'touchline_webhook_endpoints', labels: ['state'], help: 'Endpoints of webhooks: all, those whose last attempt failed, and those that were disabled because their receiver is gone.', rows: ({ webhooks: { endpoints, failing, gone } }) => Object.entries({ all: endpoints, failing, gone }).map(([state, count]) => [{ state }, count]) },
  { name: 'touchline_webhook_waiting_deliveries', help: 'Facts on their way to endpoints that do well.', rows: ({ webhooks }) => one(webhooks.waiting) },
  { name: 'touchline_webhook_oldest_seconds', help: 'For how long the first of them that is due has waited to be sent.', rows: ({ webhooks }) => one(webhooks.oldestSeconds) },
];

/** Reads the tables when somebody scrapes, at most once in five seconds. */
export function tableMetrics(registry: Registry, read: () => Promise<Told>): void {
  const registers = [registry];
  const figures = keptFor(KEPT_MS, () => read().catch(() => null));
  new Gauge({ name: 'touchline_database_up', help: '1 when the tables could be read for this answer; at 0 nothing that comes from them is told.', registers, async collect() { this.set(await figures() ? 1 : 0); } });
  for (const { name, help, labels: labelNames = [], rows } of GAUGES) {
    new Gauge({ name, help, labelNames, registers, async collect() {
      const now = await figures();
      const found = now ? rows(now) : [];
      this.reset();
      if (found.length === 0 && labelNames.length === 0) this.remove();
      for (const [names, value] of found) this.set(names, value);
    } });
  }
}

function keptFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (kept === undefined || performance.now() >= until) [kept, until] = [read(), performance.now() + ms];
    return kept;
  };
}
