import type { Chance } from './chance.js';

/** How things go between a customer and us. Rates are shares from 0 to 1. */
export interface Temper {
  /** Share of the licences in use in a usual week. */
  readonly use: number;
  /** Share of the known features in use. */
  readonly features: number;
  /** Share of excellent answers by users and by payers, and how many of the others are harsh. */
  readonly users: number;
  readonly payers: number;
  readonly harsh: number;
  /** Share of surveys that are answered. */
  readonly answers: number;
  /** Tickets, as a factor on what a company of this size has. */
  readonly tickets: number;
  /** Time to resolve, as a factor. */
  readonly slow: number;
  readonly reopens: number;
  readonly escalates: number;
  readonly missesSla: number;
  /** Days between conversations, and between those with a payer. Infinity: none. */
  readonly talkEvery: number;
  readonly payerEvery: number;
  /** Days after the due day on which invoices are paid; Infinity: not at all. */
  readonly paysAfter: number;
}

/** A temper from some days before the end on. `slide`: weeks until use has arrived at its new level. */
export interface Phase {
  readonly temper: Temper;
  readonly since: number;
  readonly slide: number;
}

/** One temper after the other, and single things that happened. Days are days before the end of the story. */
export interface Mood {
  readonly phases: readonly [Phase, ...Phase[]];
  readonly sponsorLeft?: number;
  /** Nobody who pays has spoken to us, or answered, since. */
  readonly payersSilent?: number;
  readonly brokenPromises?: readonly number[];
  readonly missedGoals?: number;
  /** Tickets of the last weeks that came back, were escalated and are open today. */
  readonly hotTickets?: number;
  /** Gave notice then. */
  readonly cancelled?: number;
  readonly competitor?: { readonly kind: 'mentioned' | 'evaluated'; readonly ago: number };
  readonly project?: 'on-time' | 'late' | 'stalled';
  /** The renewal at hand is decided in good time. */
  readonly decides: boolean;
}

const steady: Temper = {
  use: 0.63, features: 0.75, users: 0.55, payers: 0.5, harsh: 0.12, answers: 0.38, tickets: 1, slow: 1, reopens: 0.05, escalates: 0.03, missesSla: 0.04,
  talkEvery: 46, payerEvery: 74, paysAfter: 3,
};
const fond: Temper = { ...steady, use: 0.79, features: 0.9, users: 0.8, payers: 0.8, harsh: 0.04, answers: 0.52, talkEvery: 30, payerEvery: 52, paysAfter: -4 };
const plain: Temper = { ...steady, use: 0.54, features: 0.64, users: 0.46, payers: 0.4, harsh: 0.2, answers: 0.32, talkEvery: 58, payerEvery: 92, paysAfter: 7 };

interface More extends Partial<Omit<Mood, 'phases'>> {
  readonly since?: number;
  readonly slide?: number;
}

export function mood(usual: Temper, lately: Partial<Temper>, { since = 110, slide = 12, ...more }: More = {}): Mood {
  return { decides: true, ...more, phases: [{ temper: usual, since: Infinity, slide: 0 }, { temper: { ...usual, ...lately }, since, slide }] };
}

/** The same mood with the small differences that make one customer unlike another. */
export function varied(base: Mood, { around }: Chance): Mood {
  const [use, happy, talk] = [around(1, 0.06), around(0, 0.06), around(1, 0.12)];
  const vary = (temper: Temper): Temper => ({
    ...temper, use: Math.min(0.96, temper.use * use), users: clamp(temper.users, happy), payers: clamp(temper.payers, happy), talkEvery: temper.talkEvery * talk, payerEvery: temper.payerEvery * talk,
  });
  // Where it went later on differs by itself: two who slip do not slip equally far.
  const usual = base.phases[0].temper.use;
  const [first, ...others] = base.phases.map((phase) => ({ ...phase, temper: vary({ ...phase.temper, use: phase.temper.use * (phase.temper.use === usual ? 1 : around(1, 0.12)) }) }));
  return { ...base, phases: [first!, ...others] };
}

/** What is never or always so stays so. */
const clamp = (share: number, by: number): number => (share === 0 || share === 1 ? share : Math.min(1, Math.max(0, share + by)));

/** The temper of today. */
export const latest = ({ phases }: Mood): Temper => phases[phases.length - 1]!.temper;

export const tempers = { steady, fond, plain };

/** The moods of the customers who are in no story, from the best to the worst. */
export const moods = {
  fond: mood(fond, {}),
  steady: mood(steady, {}),
  plain: mood(plain, {}),
  growing: mood(steady, { use: 0.84, features: 0.9, users: 0.75, talkEvery: 28 }, { project: 'on-time' }),
  recovering: mood({ ...plain, use: 0.4, users: 0.3, harsh: 0.4 }, { ...steady }, { since: 240 }),
  aloof: mood({ ...plain, use: 0.46 }, { use: 0.3, features: 0.35, talkEvery: 140, payerEvery: 170, answers: 0.12, payers: 0, users: 0.2 }, { since: 240, missedGoals: 1, brokenPromises: [66], decides: false }),
  slipping: mood(steady, { use: 0.2, features: 0.3, users: 0.15, payers: 0.1, harsh: 0.4, answers: 0.5, talkEvery: 90, payerEvery: 130 }, { since: 100, missedGoals: 1, hotTickets: 1, brokenPromises: [52, 35], decides: false }),
  grumbling: mood(steady, { users: 0.05, payers: 0.05, harsh: 0.6, answers: 0.75, tickets: 1.8, slow: 1.9, reopens: 0.1, escalates: 0.1, missesSla: 0.2 }, { since: 200, hotTickets: 4, decides: false }),
  orphaned: mood(steady, { talkEvery: 100, payerEvery: 210, use: 0.5 }, { since: 205, sponsorLeft: 100, payersSilent: 192, decides: false }),
  'slow-payer': mood(plain, { paysAfter: Infinity, payers: 0.25 }, { since: 210, brokenPromises: [50], decides: false }),
  stalled: mood(plain, { users: 0.15, use: 0.27, features: 0.4, payers: 0, harsh: 0.5, payerEvery: 130 }, { since: 130, project: 'stalled', brokenPromises: [40, 21], missedGoals: 1, hotTickets: 1, decides: false }),
  wooed: mood(steady, { use: 0.4, features: 0.5, payers: 0, users: 0.2, harsh: 0.6, payerEvery: 150, talkEvery: 80 }, { since: 240, competitor: { kind: 'evaluated', ago: 35 }, missedGoals: 1, hotTickets: 2, brokenPromises: [58, 44], decides: false }),
  failing: mood(plain, {
    use: 0.14, features: 0.2, users: 0, payers: 0, harsh: 0.9, answers: 0.75, tickets: 1.6, slow: 2.6, reopens: 0.2, escalates: 0.25, missesSla: 0.3, talkEvery: 110, payerEvery: 220, paysAfter: Infinity,
  }, { since: 190, slide: 26, hotTickets: 4, brokenPromises: [70, 30, 12], missedGoals: 2, competitor: { kind: 'evaluated', ago: 50 }, decides: false }),
  vanishing: mood(plain, {
    use: 0, features: 0.15, answers: 0.02, users: 0, payers: 0, tickets: 0.02, talkEvery: Infinity, payerEvery: Infinity, paysAfter: Infinity,
  }, { since: 210, slide: 21, sponsorLeft: 150, brokenPromises: [60], missedGoals: 2, decides: false }),
  leaving: mood(plain, { use: 0.46, payers: 0, users: 0.35, harsh: 0.4 }, { since: 160, cancelled: 16, competitor: { kind: 'evaluated', ago: 60 }, missedGoals: 1, decides: false }),
} as const satisfies Record<string, Mood>;

export type MoodName = keyof typeof moods;
