import { Query } from '@nestjs/cqrs';
import { arrLacks, type ExchangeRates, type MeasuredRevenue, measuredRevenue, type PolicyChange } from '#insight';
import { groupBy } from '../group-by.js';
import type { ReadModelOptions } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { count, type Counted, headOf, type RevenueGroup, type RevenueHead, type RevenueOptions } from './counted.js';
import { type Exposure, exposureOf } from './exposure.js';
import type { RevenueStory } from './load.js';

export interface GetRevenueOptions extends RevenueOptions {
  readonly by?: RevenueGroup;
  /** What can be ended within so many days is told; default 90. */
  readonly within?: number;
}

export interface RevenueAnswer extends RevenueHead {
  readonly today: Calendar['today'];
  /** Where it is not the tenant's own policy, and the figures by that one. */
  readonly changes: readonly PolicyChange[];
  readonly byOwnPolicy: MeasuredRevenue | null;
  readonly rates: ExchangeRates | null;
  readonly figures: MeasuredRevenue;
  readonly by: RevenueGroup | null;
  readonly groups: readonly { readonly key: string | null; readonly figures: MeasuredRevenue }[];
  readonly exposure: Exposure;
  readonly coverage: Coverage;
}

export interface Coverage {
  /** Customers with facts of subscriptions; all others are in no figure. */
  readonly customers: number;
  readonly held: number;
  /** Left out of all amounts, as no rate is known: what they pay a year as the period begins and ends. */
  readonly unconverted: readonly { readonly currency: string; readonly customers: number; readonly start: number; readonly end: number }[];
  readonly missing: string | null;
}

export class GetRevenue extends Query<RevenueAnswer> {
  constructor(readonly options: GetRevenueOptions) {
    super();
  }
}

export async function getRevenue(model: ReadModelOptions, { by, within = 90, ...options }: GetRevenueOptions): Promise<RevenueAnswer> {
  const counted = await count(model, options);
  const { period, settings, policy, changes, rates, ledgers } = counted;
  const head = headOf(counted);
  const { currency } = head;
  return {
    today: period.calendar.today, ...head, changes, rates,
    byOwnPolicy: changes.length === 0 ? null : measuredRevenue(await counted.ledgersBy({ policy: settings.policy }), settings.policy, currency),
    figures: measuredRevenue(ledgers, policy, currency), by: by ?? null, groups: by === undefined ? [] : await groupsOf(counted, by),
    exposure: exposureOf(await counted.terminable(), within, arrLacks(ledgers, currency)), coverage: coverageOf(counted),
  };
}

/** The greatest first. By product, each is asked about as if nothing else were sold: who takes another product is new to that one. */
async function groupsOf(counted: Counted, by: RevenueGroup): Promise<RevenueAnswer['groups']> {
  const { policy, rates } = counted;
  const figuresOf = (ledgers: Counted['ledgers']) => measuredRevenue(ledgers, policy, rates?.currency ?? null);
  const groups: { key: string | null; figures: MeasuredRevenue }[] = [];
  if (by === 'product') {
    for (const key of productsOf(counted.stories)) groups.push({ key, figures: figuresOf(await counted.ledgersBy({ product: key })) });
  } else {
    const customers = new Map(counted.stories.map(({ customer }) => [customer.id, customer]));
    for (const [key, own] of groupBy(counted.ledgers, ({ customer }) => customers.get(customer)![by])) groups.push({ key, figures: figuresOf(own) });
  }
  const isThere = ({ key, figures: { waterfall, logos } }: (typeof groups)[number]) => key !== null || by !== 'product' || (waterfall !== null && waterfall.start + waterfall.end + logos!.wonAndLost > 0);
  const brings = ({ figures: { waterfall } }: (typeof groups)[number], edge: 'start' | 'end') => waterfall?.[edge] ?? -1;
  return groups.filter(isThere).sort((a, b) => brings(b, 'end') - brings(a, 'end') || brings(b, 'start') - brings(a, 'start') || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

function productsOf(stories: readonly RevenueStory[]): (string | null)[] {
  const named = stories.flatMap(({ facts }) => facts.flatMap(({ type, data }) => (type.startsWith('subscription.') && typeof data['product'] === 'string' ? [data['product']] : [])));
  return [...new Set(named), null];
}

function coverageOf({ stories, ledgers }: Counted): Coverage {
  const left = ledgers.flatMap(({ customer, start, end }) => (['start', 'end'] as const).flatMap((edge) => (edge === 'start' ? start : end).parts.flatMap(({ amount, native }) => (amount === null ? [{ customer, edge, ...native }] : []))));
  const unconverted = [...groupBy(left, ({ currency }) => currency)].map(([currency, own]) => {
    const at = (edge: string) => own.reduce((sum, each) => sum + (each.edge === edge ? each.amount : 0), 0);
    return { currency, customers: new Set(own.map(({ customer }) => customer)).size, start: at('start'), end: at('end') };
  });
  return {
    customers: stories.length, held: stories.filter(({ customer }) => customer.held).length, unconverted,
    missing: unconverted.length > 0 ? `no rate of ${unconverted.map(({ currency }) => currency).join(', ')} is known; needs PUT /v1/revenue/settings/rates` : stories.length === 0 ? 'no customer has a subscription; needs subscription.started' : null,
  };
}
