import { Query } from '@nestjs/cqrs';
import { dateOfDay, type Figure, requestsOf, traceabilityOf, type TracedInitiative } from '#insight';
import { rounded } from '../experience/measures.js';
import { dayParameter, notLater } from '../health/moments.js';
import { QueryRefused, type ReadModelOptions } from '../reading.js';
import { startOfDay } from '../tenant.js';
import { answered, type DemandAnswered } from './answered.js';
import type { Demand, DemandOptions } from './load.js';
import { type Amounts, type Cut, cut, type ShownCustomer, shownCustomer, type ShownInitiative, shownInitiative } from './shown.js';
import { INITIATIVE, REQUESTS } from './types.js';

export interface TraceabilityAnswer extends DemandAnswered {
  readonly from: string;
  readonly to: string;
  /** Share of the initiatives started in the window that customers had asked for. */
  readonly share: Figure;
  /** The earliest first. `lacks`: why it counts as not asked for; null where it was. */
  readonly initiatives: Cut<ShownInitiative & Pick<TracedInitiative, 'lacks'> & { readonly evidence: readonly { readonly customer: string; readonly feedback: string }[] }>;
  /** Ids of all those without, also beyond the list. */
  readonly without: readonly string[];
  readonly demand: { readonly answered: Figure; readonly named: Figure; readonly currency: string | null; readonly arr: Amounts; readonly accounts: Cut<{ readonly customer: ShownCustomer; readonly requests: number; readonly answered: number; readonly named: number }> };
}

export interface GetTraceabilityOptions extends DemandOptions { readonly from?: string; readonly to?: string }

export class GetTraceability extends Query<TraceabilityAnswer> {
  constructor(readonly options: GetTraceabilityOptions) {
    super();
  }
}

const POLICY = 'Asked for: it names a request that was raised no later than it began; themes alone do not count (interval: Wilson). Demand: each account\'s ARR of the moment, in the currency that most is paid in, shared out equally over its requests that stood in the window '
  + '(raised before its end, the customer not told before it began); answered by an initiative that began before the end and was not dropped, by name or theme. Interval: Student over accounts, linearised. Default window: the quarter of the last day and the one before.';

/** How much of what we do customers had asked for, and how much of what they ask for we do. */
export async function getTraceability(model: ReadModelOptions, options: GetTraceabilityOptions): Promise<TraceabilityAnswer> {
  return answered(model, options, { types: [...REQUESTS, ...INITIATIVE], what: 'initiatives', needs: ['initiative.started'], policy: POLICY }, (demand, limit) => tracedIn(demand, limit, options));
}

function tracedIn(demand: Demand, limit: number, options: GetTraceabilityOptions): Omit<TraceabilityAnswer, keyof DemandAnswered> {
  const { calendar, head } = demand;
  const last = options.to === undefined ? calendar.dayOf(head.asOf) : notLater(dayParameter(options.to, 'to'), 'to', calendar);
  const first = options.from === undefined ? quarterBefore(last) : dayParameter(options.from, 'from');
  if (first > last) throw new QueryRefused('invalid-parameter', `from must not be after to, ${dateOfDay(last)}.`, 'from');
  const { share, initiatives, demand: asked } = traceabilityOf(demand.initiatives, demand.customers.flatMap(requestsOf), { from: startOfDay(first, calendar.dayOf), until: startOfDay(last + 1, calendar.dayOf) });
  return {
    from: dateOfDay(first), to: dateOfDay(last), share: rounded(share),
    initiatives: cut(initiatives, limit, ({ initiative, lacks, evidence }) => ({ ...shownInitiative(initiative), lacks, evidence: evidence.map(({ account, feedback }) => ({ customer: account.id, feedback })) })),
    without: initiatives.filter(({ lacks }) => lacks !== null).map(({ initiative }) => initiative.initiative),
    demand: { ...asked, answered: rounded(asked.answered), named: rounded(asked.named), accounts: cut(asked.accounts, limit, ({ account, ...counts }) => ({ customer: shownCustomer(account), ...counts })) },
  };
}

/** The first day of the quarter before that of a day. */
function quarterBefore(day: number): number {
  const [year, month] = dateOfDay(day).split('-').map(Number) as [number, number];
  const begins = new Date(Date.UTC(year, Math.floor((month - 1) / 3) * 3 - 3, 1));
  return begins.getTime() / 86_400_000;
}
