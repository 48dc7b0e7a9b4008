import { isAboutRecords, parsePosition, type JourneyEvent } from '#journey';
import type { DayOf } from './day.js';
import { addDeployment, addInvoice, addRenewal } from './sheet/business.js';
import { addContact, addCustomer, type CustomerTraits } from './sheet/customer.js';
import type { Fact } from './sheet/fact.js';
import { forget, type EntityLog } from './sheet/log.js';
import { isNews, isPlan } from './sheet/own-work.js';
import { addCompetitor, addOutage } from './sheet/outage.js';
import { addPledge } from './sheet/pledge.js';
import { addSubscription } from './sheet/subscription.js';
import { addSurvey } from './sheet/survey.js';
import { addMissedTarget, addTicket } from './sheet/ticket.js';
import { addTouch, type TouchSheet } from './sheet/touch.js';
import { addUsage, type UsageSheet } from './sheet/usage.js';

/** Entity logs whose entries are forgotten after two years. */
const passing = ['ticket', 'survey', 'invoice', 'outage', 'promise', 'competitor'] as const;
const lasting = ['subscription', 'renewal', 'deployment', 'goal'] as const;
const MEMORY = 728;
const STRIDE = 28;

/**
 * The bounded state that a fold keeps for one customer: JSON-safe, independent of the order of arrival (compare it as a value, not as
 * text: keys come in order of arrival), idempotent per position, every value stamped with the position number of its event.
 */
export interface FactSheet {
  version: 1;
  /** The first and the latest fact: day, and for the latest the instant (ms) and the position number. */
  firstDay?: number;
  latest?: { day: number; at: number; n: number };
  /** Day of the newest fact that is news of the customer, null where there is none; left out where that is the day of the latest. */
  news?: number | null;
  /** Lowest position number of a fact for which an import's word is all we have. */
  declared?: number;
  /** Passing facts before this day are forgotten. */
  horizon?: number;
  customer: CustomerTraits;
  /** What was said of customers that are merged into this one: it counts only where nothing was said of this one itself. */
  absorbed?: CustomerTraits;
  contacts: Record<string, CustomerTraits>;
  logs: Record<(typeof passing)[number] | (typeof lasting)[number], EntityLog>;
  /** Targets that were missed, by ticket; left out where there are none. */
  missed?: EntityLog;
  usage: UsageSheet;
  touch: TouchSheet;
}

/** The sheet of a customer of whom nothing is known. */
export function emptySheet(): FactSheet {
  return {
    version: 1, customer: {}, contacts: {},
    logs: { ticket: {}, survey: {}, invoice: {}, outage: {}, promise: {}, competitor: {}, subscription: {}, renewal: {}, deployment: {}, goal: {} },
    usage: { weeks: {}, adopted: {} }, touch: { newest: {}, twoWayWith: {}, signs: {} },
  };
}

const families: Record<string, (sheet: FactSheet, fact: Fact) => void> = {
  customer: (sheet, fact) => addCustomer(fact.absorbed ? (sheet.absorbed ??= {}) : sheet.customer, fact),
  contact: (sheet, fact) => addContact(sheet.contacts, fact),
  subscription: (sheet, fact) => addSubscription(sheet.logs.subscription, fact),
  renewal: (sheet, fact) => {
    addRenewal(sheet.logs.renewal, fact);
    addSubscription(sheet.logs.subscription, fact);
  },
  invoice: (sheet, fact) => addInvoice(sheet.logs.invoice, fact),
  deployment: (sheet, fact) => addDeployment(sheet.logs.deployment, fact),
  usage: (sheet, fact) => addUsage(sheet.usage, fact),
  ticket: (sheet, fact) => (fact.what === 'sla-missed' ? addMissedTarget((sheet.missed ??= {}), fact) : addTicket(sheet.logs.ticket, fact)),
  survey: (sheet, fact) => addSurvey(sheet.logs.survey, fact),
  outage: (sheet, fact) => addOutage(sheet.logs.outage, fact),
  promise: (sheet, fact) => addPledge(sheet.logs.promise, fact),
  goal: (sheet, fact) => addPledge(sheet.logs.goal, fact),
  competitor: (sheet, fact) => addCompetitor(sheet.logs.competitor, fact),
};

/** A fact as it is told of a customer. */
export interface ToldEvent extends JourneyEvent {
  /** Of another customer, which is merged into this one. */
  readonly absorbed?: boolean;
}

/**
 * Adds one fact, in its type's current version, and returns the same sheet, changed. The clock, `record.*` and `contact.erased` are no facts about the customer and change nothing;
 * `record.*` takes a refold (`needsRefold`, `foldEvents`). A type without a family of its own counts as a touch.
 */
export function addFact(sheet: FactSheet, event: ToldEvent, dayOf: DayOf): FactSheet {
  const dot = event.type.indexOf('.');
  const family = event.type.startsWith('x-') ? 'x-' : dot < 0 ? event.type : event.type.slice(0, dot);
  if (family === 'clock' || isAboutRecords(event.type)) return sheet;
  const at = Date.parse(event.occurredAt);
  const day = dayOf(event.occurredAt);
  const { n } = parsePosition(event.position);
  const fact: Fact = { at, n, day, family, what: event.type.slice(dot + 1), data: event.data, dayOf, absorbed: event.absorbed === true };
  stamp(sheet, fact, { witnessed: event.witnessed, isNews: isNews(event.type) && !isPlan(event.type, event.data) });
  addTouch(sheet.touch, fact, event.type, event.actor.kind === 'person' ? event.actor.id : undefined);
  if (day >= sheet.horizon! || !(passing as readonly string[]).includes(family)) families[family]?.(sheet, fact);
  return sheet;
}

/** The day of the newest fact that is news of the customer: what we do or say ourselves, such as a score set by hand, is none. Null without such facts. */
export const newsOf = ({ news, latest }: FactSheet): number | null => (news === undefined ? latest?.day ?? null : news);

function stamp(sheet: FactSheet, { at, n, day }: Fact, { witnessed, isNews }: { readonly witnessed: boolean; readonly isNews: boolean }): void {
  const { latest } = sheet;
  const [before, mine] = [newsOf(sheet), isNews ? day : null];
  if (!latest || at > latest.at || (at === latest.at && n > latest.n)) sheet.latest = { day, at, n };
  const news = before === null || mine === null ? before ?? mine : Math.max(before, mine);
  if (news === sheet.latest!.day) delete sheet.news;
  else sheet.news = news;
  sheet.firstDay = Math.min(sheet.firstDay ?? day, day);
  if (!witnessed) sheet.declared = Math.min(sheet.declared ?? n, n);
  // In strides, so that the whole sheet is not searched on every day; a function of the latest day alone, so order does not matter.
  const horizon = Math.floor(sheet.latest!.day / STRIDE) * STRIDE - MEMORY;
  if (sheet.horizon === horizon) return;
  sheet.horizon = horizon;
  for (const family of passing) forget(sheet.logs[family], horizon);
  if (!sheet.missed) return;
  forget(sheet.missed, horizon);
  if (Object.keys(sheet.missed).length === 0) delete sheet.missed;
}
