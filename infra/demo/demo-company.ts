import { demoSpend } from './demo-spend.js';

const DAY = 86_400_000;
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const fact = (source: string, id: string) => ({ kind: 'event', event: { source, id } });
const figure = (name: string) => ({ kind: 'figure', figure: name });

/** A fact about the invented company itself, in the stream `id`; without `at` it was said as the story begins. */
export interface DemoCompanyFact {
  readonly type: string;
  readonly id: string;
  readonly at?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Decisions that name what they stand on, one that does not, one that was declined, and one that is asked for. Days ago. */
const DECISIONS = [
  { ago: 148, decision: 'D-1', what: 'Whoever takes the call keeps the ticket', state: 'taken', level: 'corporate', cost: eur(3_800_000), arr: eur(41_000_000), reason: 'Customers tell their story three times', evidence: [figure('satisfaction'), figure('excellent')] },
  { ago: 96, decision: 'D-2', what: 'Tills are exchanged before the lease ends', state: 'taken', level: 'operational', cost: eur(1_240_000), arr: eur(12_200_000), reason: 'Three tickets came back within a month', evidence: [fact('helpdesk', 'C-1106.T-1106-till1-reopened'), fact('surveys', 'C-1106.V-1106-low-responded')] },
  { ago: 71, decision: 'D-3', what: 'A second line at the fair in spring', state: 'taken', level: 'operational', cost: eur(2_600_000), reason: 'As in the years before' },
  { ago: 64, decision: 'D-4', what: 'A lower price for everybody who asks', state: 'declined', level: 'corporate', arr: eur(30_000_000), reason: 'Who left named the service, not the price', evidence: [figure('logo-churn'), figure('profitability')] },
  { ago: 30, decision: 'D-5', what: 'One number for promises, and a look at it every Monday', state: 'taken', level: 'corporate', reason: 'Broken promises stand behind most of those at risk', evidence: [figure('promises-kept')] },
  { ago: 2, decision: 'D-6', what: 'An end time within the hour in every outage', state: 'asked', level: 'corporate', cost: eur(5_400_000), arr: eur(17_200_000), reason: 'Windvane has waited since the outage began', evidence: [fact('helpdesk', 'C-1103.X-31-affected'), fact('helpdesk', 'C-1103.T-1103-mail-asked-2')] },
] as const;

/** What the board wants of a quarter: shares from 0 to 1, money in cents, NPS from -100 to 100. */
const TARGETS = [['retention', 0.9], ['nrr', 0.98], ['satisfaction', 15], ['promises-kept', 0.9], ['decisions-with-evidence', 0.8], ['profitability', 0.4], ['sponsor-coverage', 0.85], ['acquisition', 12_000_000]] as const;

/** What no door for facts takes: spend, targets of the quarter that runs and the two before it, and decisions, up to the day before `today` (YYYY-MM-DD). */
export function demoCompany(today: string): DemoCompanyFact[] {
  const on = (ago: number) => new Date(Date.parse(`${today}T09:00:00Z`) - ago * DAY).toISOString();
  const targets = [0, 1, 2].flatMap((back) => TARGETS.map(([name, value]) => ({ figure: name, period: quarterBefore(today, back), value, reason: 'Plan of the board' })));
  return [
    ...demoSpend(today).map((data) => ({ type: 'company.period-spend-recorded', id: `spend:${data.entry}`, data })),
    ...targets.map((data) => ({ type: 'company.target-set', id: `target:${data.figure}:${data.period}`, data })),
    ...DECISIONS.map(({ ago, ...data }) => ({ type: 'company.decision-recorded', id: `decision:${data.decision}`, at: on(ago), data })),
  ];
}

/** Such as 2026-Q3, so many quarters before that of a date. */
function quarterBefore(date: string, back: number): string {
  const quarter = Number(date.slice(0, 4)) * 4 + Math.floor((Number(date.slice(5, 7)) - 1) / 3) - back;
  return `${Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`;
}
