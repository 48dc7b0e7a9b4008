import { Query } from '@nestjs/cqrs';
import { type AccountPresence, amountIn, arrOf, channelsOf, mainCurrency, presenceOf, TOUCH_ROLES, type TouchRole } from '#insight';
import type { ReadModelOptions } from '../reading.js';
import { type DemandHead, type DemandOptions, loadDemand } from './load.js';
import { type Amounts, type Cut, cut, LIMIT, notMeasured, type ShownCustomer, shownCustomer } from './shown.js';
import { CONTACTS, ENGAGEMENT } from './types.js';

type ShownPresence = Omit<AccountPresence, 'account'> & { readonly customer: ShownCustomer };
/** So many accounts, what they pay a year, and who they are; who pays most first. */
export interface PresenceList extends Cut<ShownPresence> { readonly accounts: number; readonly arr: Amounts }

export interface PresenceAnswer extends DemandHead {
  readonly days: number;
  readonly sponsorDays: number;
  /** No talk in both directions, no feedback and no use in `days`. */
  readonly quiet: PresenceList;
  /** Somebody of the role is known, and nobody of them was spoken with in `days` (of sponsors: `sponsorDays`). `unknown`: accounts where nobody of the role is known. */
  readonly quietRoles: Readonly<Record<TouchRole, PresenceList & { readonly unknown: number }>>;
  readonly sponsors: { readonly live: number; readonly never: PresenceList; readonly left: PresenceList; readonly notMet: PresenceList };
  readonly neverVisited: PresenceList;
  /** How customers were met within `days`. */
  readonly channels: readonly { readonly channel: string; readonly touches: number; readonly twoWay: number; readonly accounts: number }[];
  readonly notMeasured: readonly string[];
  readonly policy: string;
}

export interface GetPresenceOptions extends DemandOptions { readonly days?: number; readonly sponsorDays?: number }

export class GetPresence extends Query<PresenceAnswer> {
  constructor(readonly options: GetPresenceOptions) {
    super();
  }
}

const POLICY = 'Running customers only. Quiet: neither a talk in both directions, nor an answer or request, nor use within `days`. A role is quiet where somebody of it is known and none of those who are there was in a talk within `days`; who is payer and user counts as both. '
  + 'Sponsor: live where one who is there was met within `sponsorDays`. Visited: by `engagement.visit-made`.';
const SIGNS = ['survey.responded', 'survey.response-revised', 'feedback.request-raised', 'task.done'];

/** Whom nobody hears of, has no sponsor who lives, or was never visited. */
export async function getPresence(model: ReadModelOptions, options: GetPresenceOptions): Promise<PresenceAnswer> {
  const { days = 90, sponsorDays = 180, limit = LIMIT } = options;
  const demand = await loadDemand(model, options, [...ENGAGEMENT, ...CONTACTS, ...SIGNS], { use: true });
  const { asOf } = demand.head;
  const running = demand.customers.filter(({ account }) => account.current);
  const all = running.map((customer) => presenceOf(customer, { until: asOf, days, sponsorDays }));
  const currency = mainCurrency(all.map(({ account }) => account));
  const list = (which: (one: AccountPresence) => boolean): PresenceList => {
    const own = all.filter(which).sort((a, b) => amountIn(b.account.arr, currency) - amountIn(a.account.arr, currency) || (a.account.id < b.account.id ? -1 : 1));
    return { accounts: own.length, arr: arrOf(own.map(({ account }) => account)), ...cut(own, limit, ({ account, ...presence }) => ({ customer: shownCustomer(account), ...presence })) };
  };
  const missing = [
    notMeasured(demand, 'talks', ENGAGEMENT), notMeasured(demand, 'who is payer, user or sponsor', CONTACTS.slice(0, 2)), notMeasured(demand, 'use', ['usage.reported', 'usage.feature-adopted']),
    notMeasured(demand, 'feedback', ['survey.responded', 'feedback.request-raised']), notMeasured(demand, 'visits', ['engagement.visit-made']),
  ];
  return {
    ...demand.head, days, sponsorDays, policy: POLICY, notMeasured: missing.filter((each) => each !== null), quiet: list(({ quiet }) => quiet),
    quietRoles: Object.fromEntries(TOUCH_ROLES.map((role) => [role, { ...list(({ roles }) => roles[role].quiet), unknown: all.filter(({ roles }) => roles[role].people === 0).length }])) as PresenceAnswer['quietRoles'],
    sponsors: { live: all.filter(({ sponsor }) => sponsor === 'live').length, never: list(({ sponsor }) => sponsor === 'never'), left: list(({ sponsor }) => sponsor === 'left'), notMet: list(({ sponsor }) => sponsor === 'not-met') },
    neverVisited: list(({ visit }) => visit === null), channels: channelsOf(running, new Date(Date.parse(asOf) - days * 86_400_000).toISOString()),
  };
}
