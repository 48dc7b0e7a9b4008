import type { CustomerSummary } from '../customers/customer-answer.js';
import type { ContactAnswer } from '../customers/get-customer.js';
import type { Calendar } from '../tenant.js';
import type { TodayPart } from './parts.js';

/** What somebody at the customer said or wrote last: when, where ("on the ticket …") and who, where it is known. */
export interface LastWords {
  readonly text: string;
  readonly on: string;
  readonly about: string;
  readonly by: string | null;
}

/** One customer to call, and all that the caller needs to know. */
export interface TodayItem {
  /** The customer's id; also the id to report `done` or `snooze` on. */
  readonly id: string;
  readonly customer: CustomerSummary;
  /** Whom to call, and why them ("asked to be called"); null when nobody is known. */
  readonly contact: (Pick<ContactAnswer, 'id' | 'name' | 'role' | 'sponsor'> & { readonly because: string }) | null;
  /** At most three sentences. */
  readonly whyNow: readonly string[];
  /** The day on which the worst of it began. */
  readonly since: string | null;
  /** The risk that they leave, in a sentence: how likely, and how much less if what raises it most were well. `probability` and `otherwise` from 0 to 1; null where there is none. */
  readonly risk: { readonly probability: number | null; readonly otherwise: number | null; readonly say: string };
  /** `arrAtRisk`: the yearly amounts times the chance to leave within 90 days. */
  readonly atStake: { readonly arr: readonly { readonly amount: number; readonly currency: string }[]; readonly arrAtRisk: readonly { readonly amount: number; readonly currency: string }[]; readonly date: string | null; readonly what: string | null };
  readonly say: { readonly openPromises: readonly string[]; readonly lastWords: LastWords | null; readonly fixedSince: readonly string[] };
  readonly doNot: readonly string[];
  readonly lastTouch: { readonly on: string; readonly what: string; readonly by: string | null } | null;
  /** What is to be done for them, the most pressing first: a call, tasks, recoveries, unread answers. */
  readonly parts: readonly TodayPart[];
  /** Why this place in the list. */
  readonly order: { readonly priority: number; readonly because: string };
}

export interface TodayAnswer {
  readonly today: Calendar['today'];
  /** How the list is ordered, in a sentence. */
  readonly order: string;
  readonly items: readonly TodayItem[];
  /** How many more there are to call, whom `limit` left out. */
  readonly more: number;
  /** Customers of whom too little is known to say anything. */
  readonly cannotTell: number;
}
