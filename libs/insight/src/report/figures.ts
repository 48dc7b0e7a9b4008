import { economicsFigures } from '../economics/figures.js';
import { usualEconomics } from '../economics/policy.js';
import { marginOf } from '../economics/margin.js';
import { npsByRespondent } from '../experience/nps.js';
import { newestOfEach } from '../experience/nps.js';
import { proportion } from '../experience/figure.js';
import { csatOf, topBoxOf } from '../experience/satisfaction.js';
import { positiveFrom, promotes } from '../experience/answer.js';
import type { Movement } from '../revenue/movements.js';
import { kept, type RevenueRatio, revenueFigures } from '../revenue/portfolio.js';
import { isWithin, type ReportBook } from './book.js';
import { type FigureDefinition, type FigurePart, type Measured, NOT_SPREAD } from './figure.js';
import { once } from './once.js';

const SUBSCRIBED = ['subscription.started'];
const ANSWERED = ['survey.responded'];
const INCOME = ['subscription.started', 'invoice.paid', 'invoice.issued'];
const SERVED = ['cost.service-cost-recorded'];

const revenueIn = once((book, span: number) => revenueFigures(book.ledgers[span]!, book.policy));
const ofRatio = ({ value, n, missing }: RevenueRatio): Measured => ({ value, n, ...NOT_SPREAD, ...(missing !== null && { why: `not measured: ${missing}` }) });

/** Of each customer, from its ledger of the span. */
const byLedger = (partOf: (ledger: ReportBook['ledgers'][number][number]) => { part: number; of: number; movements?: readonly Movement[] } | null) => (book: ReportBook, span: number): FigurePart[] =>
  book.ledgers[span]!.flatMap((ledger, place) => {
    const found = partOf(ledger);
    const { customer, name } = book.accounts[place]!;
    const events = found?.movements ? found.movements.flatMap((movement) => movement.events) : [...ledger.end.parts.flatMap((part) => part.events), ...ledger.movements.flatMap((movement) => movement.events)];
    return found ? [{ customer, name, part: found.part, of: found.of, events: unique(events) }] : [];
  });
const unique = <T extends { readonly source: string; readonly id: string }>(events: readonly T[]) => [...new Map(events.map(({ source, id }) => [JSON.stringify([source, id]), { source, id }])).values()];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const answersIn = (book: ReportBook, span: number) => book.accounts.flatMap(({ answers }) => answers.filter(({ at }) => isWithin(book.spans[span]!, at)));
type Answer = ReturnType<typeof answersIn>[number];
const byAnswer = (counted: (answers: readonly Answer[]) => readonly Answer[], mark: (answer: Answer) => number, each = 1) => (book: ReportBook, span: number): FigurePart[] =>
  book.accounts.flatMap(({ customer, name, answers }) => {
    const own = counted(answers.filter(({ at }) => isWithin(book.spans[span]!, at)));
    return own.length === 0 ? [] : [{ customer, name, part: each * sum(own.map(mark)), of: own.length, events: own.flatMap(({ events }) => events) }];
  });

const economicsIn = once((book, span: number) => {
  const { from, to } = book.spans[span]!;
  // Spend is told of the whole company: over the MRR of a part of it, it would say nothing.
  const acquire = book.segment !== null ? null : book.company.spend(from, to).find(({ currency }) => currency === book.currency)?.acquire ?? null;
  return economicsFigures(book.accounts.map(({ economics }) => economics), book.currency ?? '', { from, to, day: to, policy: usualEconomics, acquire, revenue: revenueIn(book, span) });
});
const marginPart = (book: ReportBook, span: number): FigurePart[] => book.accounts.flatMap(({ customer, name, economics }) => {
  const { from, to } = book.spans[span]!;
  const lines = economics.ledger.lines.filter((line) => line.currency === book.currency && line.day >= from && line.day <= to && line.kind !== 'acquisition' && !line.left);
  const { contribution, income } = marginOf(lines);
  return lines.length === 0 ? [] : [{ customer, name, part: contribution, of: income, events: unique(lines.flatMap(({ events }) => events)) }];
});
const npsAnswers = (answers: readonly Answer[]) => newestOfEach(answers.filter(({ kind }) => kind === 'nps')) as Answer[];

const ended = (what: string) => `${what} As of the end of the quarter, or of now while it runs.`;
const COHORT = 'Of the customers who paid anything as the quarter began (a closed cohort, by the end points of each customer)';

/** Every figure of the report has its definition here, and nowhere else. */
export const FIGURES: readonly FigureDefinition[] = [
  {
    id: 'acquisition', label: 'New ARR won', unit: 'money', better: 'more', step: 0.05, counts: 'new customers', needs: [SUBSCRIBED],
    definition: 'Yearly amount with which customers who had never paid anything recurring began, over the quarter.',
    measure: (book, span) => ({ value: revenueIn(book, span).waterfall.new, n: revenueIn(book, span).logos.won, ...NOT_SPREAD }),
    parts: byLedger(({ movements }) => { const own = movements.filter(({ kind }) => kind === 'new'); return own.length === 0 ? null : { part: sum(own.map(({ amount }) => amount)), of: 1, movements: own }; }),
  },
  {
    id: 'cac-payback', label: 'CAC payback', unit: 'months', better: 'less', step: 1, counts: 'new customers', needs: [SUBSCRIBED, ['company.period-spend-recorded'], SERVED],
    definition: 'Spend on winning customers in the quarter over new MRR x contribution margin: both aggregates of the quarter.',
    measure: (book, span) => { const { aggregate } = economicsIn(book, span); return { value: aggregate.months, n: aggregate.newCustomers, ...NOT_SPREAD, why: book.segment !== null ? 'not measured: spend on winning customers is told of the whole company, not of a segment' : `not measured; needs ${[...new Set(aggregate.missing)].join(', ') || 'new customers and a margin above 0'} in the quarter` }; },
    parts: null,
  },
  {
    id: 'retention', label: 'Gross revenue retention', unit: 'share', better: 'more', step: 0.01, counts: 'customers who paid as the quarter began', needs: [SUBSCRIBED],
    definition: `${COHORT}: the sum of the lesser of what each pays at the end and at the start, over what all paid at the start. Never above 100 %.`,
    measure: (book, span) => ofRatio(revenueIn(book, span).grr), parts: byLedger((ledger) => (ledger.start.amount > 0 ? { part: kept(ledger), of: ledger.start.amount } : null)),
  },
  {
    id: 'nrr', label: 'Net revenue retention', unit: 'share', better: 'more', step: 0.01, counts: 'customers who paid as the quarter began', needs: [SUBSCRIBED],
    definition: `${COHORT}: what they pay at the end over what they paid at the start.`,
    measure: (book, span) => ofRatio(revenueIn(book, span).nrr), parts: byLedger(({ start, end }) => (start.amount > 0 ? { part: end.amount, of: start.amount } : null)),
  },
  {
    id: 'logo-churn', label: 'Customers lost', unit: 'share', better: 'less', step: 0.01, counts: 'customers who paid as the quarter began', needs: [SUBSCRIBED],
    definition: `${COHORT}: the share that pays nothing at the end.`,
    measure: (book, span) => { const { logoChurn } = revenueIn(book, span); return { ...ofRatio(logoChurn), ...(logoChurn.value === null ? {} : { low: proportion(logoChurn.of, logoChurn.over).low, high: proportion(logoChurn.of, logoChurn.over).high }) }; },
    parts: byLedger(({ start, end }) => (start.amount > 0 ? { part: end.amount === 0 ? 1 : 0, of: 1 } : null)),
  },
  {
    id: 'satisfaction', label: 'NPS', unit: 'net', better: 'more', step: 5, counts: 'people who answered', needs: [ANSWERED],
    definition: 'Share of 9 and 10 less share of 0 to 6 of NPS answers of the quarter, the newest of each person; from -100 to 100.',
    measure: (book, span) => { const { value, low, high, n } = npsByRespondent(answersIn(book, span).filter((answer) => answer.kind === 'nps' && promotes(answer) !== null)); return { value, low, high, n, why: 'not measured; needs survey.responded of the kind nps in the quarter' }; },
    parts: byAnswer(npsAnswers, (answer) => promotes(answer)!, 100),
  },
  {
    id: 'csat', label: 'CSAT', unit: 'share', better: 'more', step: 0.03, counts: 'answers', needs: [ANSWERED], definition: 'Share of positive CSAT answers of the quarter.',
    measure: (book, span) => { const { value, low, high, n } = csatOf(answersIn(book, span)); return { value, low, high, n, why: 'not measured; needs survey.responded of the kind csat in the quarter' }; },
    parts: byAnswer((answers) => answers.filter((answer) => answer.kind === 'csat' && positiveFrom(answer) !== null), (answer) => (answer.score >= positiveFrom(answer)! ? 1 : 0)),
  },
  {
    id: 'excellent', label: 'Excellent answers', unit: 'share', better: 'more', step: 0.03, counts: 'answers', needs: [ANSWERED], definition: 'Share of answers of the quarter in the top tenth of their scale, whatever the instrument: all others are misses.',
    measure: (book, span) => { const { value, low, high, n } = topBoxOf(answersIn(book, span)); return { value, low, high, n, why: 'not measured; needs survey.responded in the quarter' }; },
    parts: byAnswer((answers) => answers, ({ verdict }) => (verdict === 'excellent' ? 1 : 0)),
  },
  {
    id: 'revenue', label: 'ARR', unit: 'money', better: 'more', step: 0.02, counts: 'paying customers', needs: [SUBSCRIBED], definition: ended('What all customers pay a year, recurring.'),
    measure: (book, span) => ({ value: revenueIn(book, span).waterfall.end, n: revenueIn(book, span).logos.end, ...NOT_SPREAD }), parts: byLedger(({ end }) => (end.amount !== 0 ? { part: end.amount, of: 1 } : null)),
  },
  {
    id: 'profitability', label: 'Contribution margin', unit: 'share', better: 'more', step: 0.02, counts: 'customers with income, cost or a subscription', needs: [INCOME, SERVED],
    definition: 'Income of the quarter (payments in each currency in which any are known, else what subscriptions come to by day) less what serving cost, over income.',
    measure: (book, span) => { const { margin } = economicsIn(book, span); return { value: margin.share, low: margin.low, high: margin.high, n: margin.n, why: `not measured; needs ${margin.missing.join(', ')} in the quarter` }; },
    parts: marginPart,
  },
  {
    id: 'contribution', label: 'Contribution', unit: 'money', better: 'more', step: 0.05, counts: 'customers with income, cost or a subscription', needs: [INCOME, SERVED], definition: 'Income of the quarter less what serving cost.',
    measure: (book, span) => { const { margin } = economicsIn(book, span); return { value: margin.contribution, n: margin.n, ...NOT_SPREAD, why: `not measured; needs ${margin.missing.join(', ')} in the quarter` }; },
    parts: (book, span) => marginPart(book, span).map((part) => ({ ...part, of: 1 })),
  },
  {
    id: 'value-to-us', label: 'Lifetime value of a customer', unit: 'money', better: 'more', step: 0.1, counts: 'customers who paid as the quarter began', needs: [SUBSCRIBED, SERVED],
    definition: `Average revenue of a month x contribution margin, summed over at most ${usualEconomics.horizonMonths} months by those who stay, at the quarter's loss of customers. Interval: of that loss (Wilson).`,
    measure: (book, span) => { const { lifetime } = economicsIn(book, span); return { value: lifetime.capped, low: lifetime.cappedLow, high: lifetime.cappedHigh, n: lifetime.n, why: `not measured; needs ${lifetime.missing.join(', ') || 'customers who paid as the quarter began'}` }; },
    parts: null,
  },
  {
    id: 'value-to-them', label: 'Outcomes that customers confirmed', unit: 'count', better: 'more', step: 1, counts: 'outcomes that customers answered', needs: [['goal.outcome-claimed', 'goal.outcome-confirmed']],
    definition: 'Outcomes that we claimed and somebody at the customer confirmed in the quarter.',
    measure: (book, span) => { const own = outcomesIn(book, span); return { value: own.filter(({ state }) => state === 'confirmed').length, n: own.length, ...NOT_SPREAD }; },
    parts: (book, span) => book.accounts.flatMap(({ customer, name, outcomes }) => {
      const own = outcomes.filter(({ state, answeredAt }) => state === 'confirmed' && isWithin(book.spans[span]!, answeredAt));
      return own.length === 0 ? [] : [{ customer, name, part: own.length, of: 1, events: unique(own.flatMap(({ events }) => events)) }];
    }),
  },
];

const outcomesIn = (book: ReportBook, span: number) => book.accounts.flatMap(({ outcomes }) => outcomes.filter(({ answeredAt }) => isWithin(book.spans[span]!, answeredAt)));

/** The six outcomes of the first page, each with the figure that is its one definition (of customer value: to us, and to them), and figures beside it. */
export const OUTCOMES: readonly { readonly outcome: string; readonly figures: readonly string[]; readonly beside: readonly string[] }[] = [
  { outcome: 'Acquisition', figures: ['acquisition'], beside: ['cac-payback'] },
  { outcome: 'Retention', figures: ['retention'], beside: ['nrr', 'logo-churn'] },
  { outcome: 'Satisfaction', figures: ['satisfaction'], beside: ['csat', 'excellent'] },
  { outcome: 'Revenue', figures: ['revenue'], beside: [] },
  { outcome: 'Profitability', figures: ['profitability'], beside: ['contribution'] },
  { outcome: 'Customer value', figures: ['value-to-us', 'value-to-them'], beside: [] },
];
