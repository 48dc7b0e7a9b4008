import { usualEconomics } from '../economics/policy.js';
import { npsByRespondent } from '../experience/nps.js';
import { newestOfEach } from '../experience/nps.js';
import { proportion } from '../experience/figure.js';
import { csatOf, topBoxOf } from '../experience/satisfaction.js';
import { positiveFrom, promotes } from '../experience/answer.js';
import type { RevenuePolicy } from '../revenue/policy.js';
import type { RevenueRatio } from '../revenue/portfolio.js';
import { isWithin, type ReportBook } from './book.js';
import { economicsIn, lifetimeInputs, marginParts, paybackInputs } from './economics-in.js';
import { type FigureDefinition, type FigurePart, type Measured, NOT_SPREAD } from './figure.js';
import { distinct, revenueIn, revenueParts } from './revenue-in.js';

const SUBSCRIBED = ['subscription.started'];
const ANSWERED = ['survey.responded'];
const INCOME = ['subscription.started', 'invoice.paid', 'invoice.issued'];
const SERVED = ['cost.service-cost-recorded'];

const ofRatio = ({ value, n, missing }: RevenueRatio): Measured => ({ value, n, ...NOT_SPREAD, ...(missing !== null && { why: `not measured: ${missing}` }) });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const answersIn = (book: ReportBook, span: number) => book.accounts.flatMap(({ answers }) => answers.filter(({ at }) => isWithin(book.spans[span]!, at)));
type Answer = ReturnType<typeof answersIn>[number];
const byAnswer = (counted: (answers: readonly Answer[]) => readonly Answer[], mark: (answer: Answer) => number, each = 1) => (book: ReportBook, span: number): FigurePart[] =>
  book.accounts.flatMap(({ customer, name, answers }) => {
    const own = counted(answers.filter(({ at }) => isWithin(book.spans[span]!, at)));
    return own.length === 0 ? [] : [{ customer, name, part: each * sum(own.map(mark)), of: own.length, events: own.flatMap(({ events }) => events) }];
  });

const npsAnswers = (answers: readonly Answer[]) => newestOfEach(answers.filter(({ kind }) => kind === 'nps')) as Answer[];

const ended = (what: string) => `${what} As of the end of the quarter, or of now while it runs.`;
const COHORT = 'Of the customers who paid anything as the quarter began (a closed cohort, by the end points of each customer)';

/** What counts as recurring by a policy, where that is not the usual. */
const countsBy = ({ usage, churnAt, pause, midTerm }: RevenuePolicy): string => [
  usage === 'included' ? 'What is paid by use counts as well.' : usage === 'only' ? 'Only what is paid by use counts.' : '', churnAt === 'notice' ? 'Who gave notice pays nothing from then on.' : '',
  pause === 'keeps' ? 'What rests counts as before.' : '', midTerm === 'at-renewal' ? 'A new amount counts from the end of the term on in which it is told.' : '',
].filter((words) => words !== '').join(' ');
const also = (policy: RevenuePolicy, words: string): string => [words, countsBy(policy)].filter((each) => each !== '').join(' ');

/** Every figure of the report has its definition here, and nowhere else. */
export const FIGURES: readonly FigureDefinition[] = [
  {
    id: 'acquisition', label: 'New ARR won', unit: 'money', better: 'more', step: 0.05, counts: ['new customer', 'new customers'], money: ['recurring'], needs: [SUBSCRIBED],
    definition: 'Yearly amount with which customers who had never paid anything recurring began, over the quarter.', under: (policy) => also(policy, policy.reactivationDays === null ? '' : `Who comes back after more than ${policy.reactivationDays} days is new as well.`),
    measure: (book, span) => ({ value: revenueIn(book, span).waterfall.new, n: revenueIn(book, span).logos.won, ...NOT_SPREAD }),
    parts: revenueParts.won,
  },
  {
    id: 'cac-payback', label: 'CAC payback', unit: 'months', better: 'less', step: 1, counts: ['new customer', 'new customers'], money: ['recurring', 'ledger'], needs: [SUBSCRIBED, ['company.period-spend-recorded'], SERVED],
    definition: 'Spend on winning customers in the quarter over new MRR x contribution margin: both aggregates of the quarter.',
    measure: (book, span) => { const { aggregate } = economicsIn(book, span); return { value: aggregate.months, n: aggregate.newCustomers, ...NOT_SPREAD, why: book.segment !== null ? 'not measured: spend on winning customers is told of the whole company, not of a segment' : `not measured; needs ${[...new Set(aggregate.missing)].join(', ') || 'new customers and a margin above 0'} in the quarter` }; },
    parts: null, inputs: paybackInputs,
  },
  {
    id: 'retention', label: 'Gross revenue retention', unit: 'share', better: 'more', step: 0.01, counts: ['customer who paid as the quarter began', 'customers who paid as the quarter began'], money: ['recurring'], needs: [SUBSCRIBED],
    definition: `${COHORT}: the sum of the lesser of what each pays at the end and at the start, over what all paid at the start. Never above 100 %.`, under: countsBy,
    measure: (book, span) => ofRatio(revenueIn(book, span).grr), parts: revenueParts.kept,
  },
  {
    id: 'nrr', label: 'Net revenue retention', unit: 'share', better: 'more', step: 0.01, counts: ['customer who paid as the quarter began', 'customers who paid as the quarter began'], money: ['recurring'], needs: [SUBSCRIBED],
    definition: `${COHORT}: what they pay at the end over what they paid at the start.`, under: (policy) => also(policy, policy.escalators === 'apart' ? 'Rises that were agreed in advance are left out.' : ''),
    measure: (book, span) => ofRatio(revenueIn(book, span).nrr), parts: revenueParts.keptNet,
  },
  {
    id: 'logo-churn', label: 'Customers lost', unit: 'share', better: 'less', step: 0.01, counts: ['customer who paid as the quarter began', 'customers who paid as the quarter began'], money: ['recurring'], needs: [SUBSCRIBED],
    definition: `${COHORT}: the share that pays nothing at the end.`, under: countsBy,
    measure: (book, span) => { const { logoChurn } = revenueIn(book, span); return { ...ofRatio(logoChurn), ...(logoChurn.value === null ? {} : { low: proportion(logoChurn.of, logoChurn.over).low, high: proportion(logoChurn.of, logoChurn.over).high }) }; },
    parts: revenueParts.lost,
  },
  {
    id: 'satisfaction', label: 'NPS', unit: 'net', better: 'more', step: 5, counts: ['person who answered', 'people who answered'], needs: [ANSWERED],
    definition: 'Share of 9 and 10 less share of 0 to 6 of NPS answers of the quarter, the newest of each person; from -100 to 100.',
    measure: (book, span) => { const { value, low, high, n } = npsByRespondent(answersIn(book, span).filter((answer) => answer.kind === 'nps' && promotes(answer) !== null)); return { value, low, high, n, why: 'not measured; needs survey.responded of the kind nps in the quarter' }; },
    parts: byAnswer(npsAnswers, (answer) => promotes(answer)!, 100),
  },
  {
    id: 'csat', label: 'CSAT', unit: 'share', better: 'more', step: 0.03, counts: ['answer', 'answers'], needs: [ANSWERED], definition: 'Share of positive CSAT answers of the quarter.',
    measure: (book, span) => { const { value, low, high, n } = csatOf(answersIn(book, span)); return { value, low, high, n, why: 'not measured; needs survey.responded of the kind csat in the quarter' }; },
    parts: byAnswer((answers) => answers.filter((answer) => answer.kind === 'csat' && positiveFrom(answer) !== null), (answer) => (answer.score >= positiveFrom(answer)! ? 1 : 0)),
  },
  {
    id: 'excellent', label: 'Excellent answers', unit: 'share', better: 'more', step: 0.03, counts: ['answer', 'answers'], needs: [ANSWERED], definition: 'Share of answers of the quarter in the top tenth of their scale, whatever the instrument: all others are misses.',
    measure: (book, span) => { const { value, low, high, n } = topBoxOf(answersIn(book, span)); return { value, low, high, n, why: 'not measured; needs survey.responded in the quarter' }; },
    parts: byAnswer((answers) => answers, ({ verdict }) => (verdict === 'excellent' ? 1 : 0)),
  },
  {
    id: 'revenue', label: 'ARR', unit: 'money', better: 'more', step: 0.02, counts: ['paying customer', 'paying customers'], money: ['recurring'], needs: [SUBSCRIBED], definition: ended('What all customers pay a year, recurring.'), under: countsBy,
    measure: (book, span) => ({ value: revenueIn(book, span).waterfall.end, n: revenueIn(book, span).logos.end, ...NOT_SPREAD }), parts: revenueParts.end,
  },
  {
    id: 'profitability', label: 'Contribution margin', unit: 'share', better: 'more', step: 0.02, counts: ['customer with income, cost or a subscription', 'customers with income, cost or a subscription'], money: ['ledger'], needs: [INCOME, SERVED],
    definition: 'Income of the quarter (payments in each currency in which any are known, else what subscriptions come to by day) less what serving cost, over income.',
    measure: (book, span) => { const { margin } = economicsIn(book, span); return { value: margin.share, low: margin.low, high: margin.high, n: margin.n, why: `not measured; needs ${margin.missing.join(', ')} in the quarter` }; },
    parts: marginParts,
  },
  {
    id: 'contribution', label: 'Contribution', unit: 'money', better: 'more', step: 0.05, counts: ['customer with income, cost or a subscription', 'customers with income, cost or a subscription'], money: ['ledger'], needs: [INCOME, SERVED], definition: 'Income of the quarter less what serving cost.',
    measure: (book, span) => { const { margin } = economicsIn(book, span); return { value: margin.contribution, n: margin.n, ...NOT_SPREAD, why: `not measured; needs ${margin.missing.join(', ')} in the quarter` }; },
    parts: (book, span) => marginParts(book, span).map((part) => ({ ...part, of: 1 })),
  },
  {
    id: 'value-to-us', label: 'Lifetime value of a customer', unit: 'money', better: 'more', step: 0.1, counts: ['customer who paid as the quarter began', 'customers who paid as the quarter began'], money: ['recurring', 'ledger'], needs: [SUBSCRIBED, SERVED],
    definition: `Average revenue of a month x contribution margin, summed over at most ${usualEconomics.horizonMonths} months by those who stay, at the quarter's loss of customers. Interval: of that loss (Wilson).`,
    measure: (book, span) => { const { lifetime } = economicsIn(book, span); return { value: lifetime.capped, low: lifetime.cappedLow, high: lifetime.cappedHigh, n: lifetime.n, why: `not measured; needs ${lifetime.missing.join(', ') || 'customers who paid as the quarter began'}` }; },
    parts: null, inputs: lifetimeInputs,
  },
  {
    id: 'value-to-them', label: 'Outcomes that customers confirmed', unit: 'count', better: 'more', step: 1, counts: ['outcome that customers answered', 'outcomes that customers answered'], needs: [['goal.outcome-claimed', 'goal.outcome-confirmed']],
    definition: 'Outcomes that we claimed and somebody at the customer confirmed in the quarter.',
    measure: (book, span) => { const own = outcomesIn(book, span); return { value: own.filter(({ state }) => state === 'confirmed').length, n: own.length, ...NOT_SPREAD }; },
    parts: (book, span) => book.accounts.flatMap(({ customer, name, outcomes }) => {
      const own = outcomes.filter(({ state, answeredAt }) => state === 'confirmed' && isWithin(book.spans[span]!, answeredAt));
      return own.length === 0 ? [] : [{ customer, name, part: own.length, of: 1, events: distinct(own.flatMap(({ events }) => events)) }];
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
