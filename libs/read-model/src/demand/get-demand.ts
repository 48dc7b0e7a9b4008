import { Query } from '@nestjs/cqrs';
import { type DemandEvidence, type DemandRequest, type DemandSort, type DemandWeight, isAnsweredBy, registerOf, requestsOf, type ToolInPlace, toolsOf } from '#insight';
import { assertPart } from '../part-unknown.js';
import { QueryRefused, type ReadModelOptions } from '../reading.js';
import type { DemandAnswered } from './answered.js';
import { type DemandOptions, loadDemand } from './load.js';
import { type Cut, cut, LIMIT, notMeasured, type ShownCustomer, shownCustomer, type ShownRequest, shownRequest } from './shown.js';
import { INITIATIVE, REQUESTS, TOOLS } from './types.js';

type ShownSighting = Omit<ToolInPlace['seen'][number], 'account'> & { readonly customer: ShownCustomer; readonly events: readonly DemandEvidence[] };

export interface DemandAnswer extends DemandAnswered {
  readonly sort: DemandSort;
  /** In which money was weighed; null where nobody who asked pays. */
  readonly currency: string | null;
  readonly total: DemandWeight;
  /** Heaviest first; under null those of which nobody said what they are about. `initiatives`: running or delivered ones that answer any of them. */
  readonly themes: Cut<DemandWeight & { readonly theme: string | null; readonly initiatives: readonly string[]; readonly list: Cut<ShownRequest> }>;
  /** What people at customers use in our place. */
  readonly tools: Cut<Omit<ToolInPlace, 'seen'> & { readonly seen: readonly ShownSighting[] }>;
}

export interface GetDemandOptions extends DemandOptions { readonly sort?: DemandSort; readonly theme?: string }

export class GetDemand extends Query<DemandAnswer> {
  constructor(readonly options: GetDemandOptions) {
    super();
  }
}

const POLICY = 'A request counts once in each of its themes, and once in the total; an account once, however often it asked. ARR and risk (ARR times the chance to leave within 90 days) are those of the moment, by currency; no risk is told of an earlier one; sorted in the currency that most is paid in. '
  + 'Open: the customer was not told what became of it, nor of an initiative that is linked to it by name; age: whole days since it was raised, of open ones. Answered: a department answered or declined it.';

const themesIn = (requests: readonly DemandRequest[]): string[] => [...new Set(requests.flatMap(({ themes }) => themes))].sort();

/** Of everybody: a theme that others ask for is one, and what some customers ask of it is nothing. */
async function requestsOfAll(model: ReadModelOptions, { owner: _, segment: __, ...options }: GetDemandOptions): Promise<DemandRequest[]> {
  return (await loadDemand(model, options, [...REQUESTS, ...INITIATIVE])).customers.flatMap(requestsOf);
}

/** What customers ask for, by theme. @throws QueryRefused for a theme of no request, and for an order that there is not */
export async function getDemand(model: ReadModelOptions, options: GetDemandOptions): Promise<DemandAnswer> {
  const { sort = 'arr', limit = LIMIT, theme } = options;
  const demand = await loadDemand(model, options, [...REQUESTS, ...TOOLS, ...INITIATIVE]);
  if (sort === 'risk' && demand.head.noRisk !== null) throw new QueryRefused('invalid-parameter', `sort cannot be risk as of an earlier moment. ${demand.head.noRisk}`, 'sort');
  const all = demand.customers.flatMap(requestsOf);
  const requests = theme === undefined ? all : all.filter(({ themes }) => themes.includes(theme));
  if (theme !== undefined && requests.length === 0) assertPart('theme', theme, themesIn(options.owner === undefined && options.segment === undefined ? all : await requestsOfAll(model, options)));
  const { total, themes, currency } = registerOf(requests, demand.head.asOf, sort);
  const initiatives = demand.initiatives.filter(({ droppedAt }) => droppedAt === null);
  return {
    ...demand.head, sort, currency, total, policy: POLICY, notMeasured: notMeasured(demand, 'what customers ask for', ['feedback.request-raised']),
    themes: cut(themes.filter((each) => theme === undefined || each.theme === theme), limit, ({ items, ...weight }) => ({
      ...weight, initiatives: initiatives.filter((initiative) => items.some((request) => isAnsweredBy(initiative, request))).map(({ initiative }) => initiative).sort(), list: cut(items, limit, shownRequest),
    })),
    tools: cut(toolsOf(demand.customers), limit, ({ seen, ...tool }) => ({ ...tool, seen: seen.map(({ account, ...place }) => ({ customer: shownCustomer(account), ...place })) })),
  };
}
