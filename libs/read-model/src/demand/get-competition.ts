import { Query } from '@nestjs/cqrs';
import { type LiveCompetitor, lossesOf, type LostTo, lostTo, type PressedAccount, type PressedArea, type Pressure, pressureOf, requestsOf, winBacksOf } from '#insight';
import type { ReadModelOptions } from '../reading.js';
import { type DemandHead, type DemandOptions, loadDemand } from './load.js';
import { type Amounts, type Cut, cut, LIMIT, notMeasured, type ShownCustomer, shownCustomer, type ShownLoss, shownLoss, type ShownRequest, shownRequest } from './shown.js';
import { COMPETITORS, INITIATIVE, REQUESTS, SALES } from './types.js';

export interface CompetitionAnswer extends DemandHead {
  readonly days: number;
  readonly lostDays: number;
  readonly longYears: number;
  /** Running customers with a live competitor, those with a gap asked for first. */
  readonly accounts: Cut<Pick<PressedAccount, 'years' | 'pays' | 'longAndWell'> & { readonly customer: ShownCustomer; readonly competitors: readonly LiveCompetitor[]; readonly gaps: readonly ShownRequest[] }>;
  readonly pressed: number;
  readonly withGap: number;
  readonly arr: Amounts;
  readonly longAndWell: Pressure['longAndWell'];
  readonly products: readonly PressedArea[];
  readonly themes: readonly PressedArea[];
  readonly losses: number;
  readonly lostTo: Cut<Omit<LostTo, 'items'> & { readonly items: Cut<ShownLoss> }>;
  readonly winBack: Cut<{ readonly customer: ShownCustomer; readonly last: ShownLoss; readonly asked: readonly ShownRequest[]; readonly delivered: readonly string[] }>;
  readonly notMeasured: readonly string[];
  readonly policy: string;
}

export interface GetCompetitionOptions extends DemandOptions { readonly days?: number; readonly lostDays?: number; readonly longYears?: number }

export class GetCompetition extends Query<CompetitionAnswer> {
  constructor(readonly options: GetCompetitionOptions) {
    super();
  }
}

const POLICY = 'Long and well: a customer for `longYears` whole years or more that pays at least the median of its segment (running customers looked at that pay in the same currency; under five say nothing). Live: spoken of or looked at within `days`. Gap: a request of the same account of which it was not told. Product: what the fact about the competitor names. Lost: opportunities of the last `lostDays` whose last word is that they were lost. '
  + 'Win back: lost to a named competitor, nothing bought since; `delivered`: initiatives there since then that answer what it had asked for.';
const DAY = 86_400_000;

/** Who else is in play, with what gap; to whom we lost, and whom to win back. */
export async function getCompetition(model: ReadModelOptions, options: GetCompetitionOptions): Promise<CompetitionAnswer> {
  const { days = 180, lostDays = 730, longYears = 3, limit = LIMIT } = options;
  const demand = await loadDemand(model, options, [...COMPETITORS, ...SALES, ...REQUESTS, ...INITIATIVE, 'subscription.started']);
  const { customers, head, calendar } = demand;
  const before = (count: number) => new Date(Date.parse(head.asOf) - count * DAY).toISOString();
  const requests = customers.flatMap(requestsOf);
  const { accounts, withGap, arr, longAndWell, products, themes } = pressureOf(customers, requests, { since: before(days), day: calendar.dayOf(head.asOf), longYears });
  const losses = customers.flatMap((customer) => lossesOf(customer, before(lostDays)));
  return {
    ...head, days, lostDays, longYears, policy: POLICY, notMeasured: [notMeasured(demand, 'competitors in play', COMPETITORS), notMeasured(demand, 'lost opportunities', ['sale.lost'])].filter((each) => each !== null), pressed: accounts.length, withGap, arr, longAndWell, products, themes, losses: losses.length,
    accounts: cut(accounts, limit, ({ account, competitors, gaps, ...kind }) => ({ customer: shownCustomer(account), ...kind, competitors, gaps: gaps.map(shownRequest) })),
    lostTo: cut(lostTo(losses), limit, ({ items, ...lost }) => ({ ...lost, items: cut(items, limit, shownLoss) })),
    winBack: cut(winBacksOf(losses, customers, requests, demand.initiatives), limit, ({ account, last, asked, delivered }) => ({ customer: shownCustomer(account), last: shownLoss(last), asked: asked.map(shownRequest), delivered })),
  };
}
