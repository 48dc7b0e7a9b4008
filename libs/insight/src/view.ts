import type { FactSheet } from './fact-sheet.js';
import { deploymentsOf, invoicesOf, renewalsOf, type Deployment, type Invoice, type Renewal } from './sheet/business.js';
import { contactsOf, type Contact } from './sheet/customer.js';
import { outagesOf, rivalsOf, type Outage, type Rival } from './sheet/outage.js';
import { pledgesOf, type Pledge } from './sheet/pledge.js';
import { subscriptionsOf, type Subscription } from './sheet/subscription.js';
import { surveysOf, type Survey } from './sheet/survey.js';
import { missedTargetsOf, ticketsOf, type MissedTargets, type Ticket } from './sheet/ticket.js';
import { usageWeeksOf, type UsageWeek } from './sheet/usage-week.js';

/** What the sheet says, as things rather than facts, seen from a day. Each part is worked out when first asked for. */
export interface View {
  readonly sheet: FactSheet;
  readonly day: number;
  readonly contacts: readonly Contact[];
  readonly subscriptions: readonly Subscription[];
  readonly renewals: readonly Renewal[];
  readonly invoices: readonly Invoice[];
  readonly deployments: readonly Deployment[];
  readonly usageWeeks: readonly UsageWeek[];
  readonly tickets: readonly Ticket[];
  readonly missed: readonly MissedTargets[];
  readonly surveys: readonly Survey[];
  readonly outages: readonly Outage[];
  readonly promises: readonly Pledge[];
  readonly goals: readonly Pledge[];
  readonly rivals: readonly Rival[];
}

type Part = Exclude<keyof View, 'sheet' | 'day'>;

const parts: { readonly [Name in Part]: (sheet: FactSheet) => View[Name] } = {
  contacts: (sheet) => contactsOf(sheet.contacts),
  subscriptions: (sheet) => subscriptionsOf(sheet.logs.subscription),
  renewals: (sheet) => renewalsOf(sheet.logs.renewal),
  invoices: (sheet) => invoicesOf(sheet.logs.invoice),
  deployments: (sheet) => deploymentsOf(sheet.logs.deployment),
  usageWeeks: (sheet) => usageWeeksOf(sheet.usage),
  tickets: (sheet) => ticketsOf(sheet.logs.ticket),
  missed: (sheet) => (sheet.missed ? missedTargetsOf(sheet.missed) : []),
  surveys: (sheet) => surveysOf(sheet.logs.survey),
  outages: (sheet) => outagesOf(sheet.logs.outage),
  promises: (sheet) => pledgesOf(sheet.logs.promise),
  goals: (sheet) => pledgesOf(sheet.logs.goal),
  rivals: (sheet) => rivalsOf(sheet.logs.competitor),
};

/** Every part is a getter of the class, so that a view is made without making each of them. */
class LazyView {
  readonly known: { [Name in Part]?: unknown } = {};

  constructor(readonly sheet: FactSheet, readonly day: number) {}
}
for (const [part, read] of Object.entries(parts) as [Part, (sheet: FactSheet) => unknown][]) {
  Object.defineProperty(LazyView.prototype, part, { get(this: LazyView) { return (this.known[part] ??= read(this.sheet)); } });
}

export function viewOf(sheet: FactSheet, day: number): View {
  return new LazyView(sheet, day) as unknown as View;
}
