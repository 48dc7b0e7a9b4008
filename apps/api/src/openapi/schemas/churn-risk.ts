import { choice, count, day, figure, instant, list, orNull, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { atMoments, customerId } from './common.js';

const horizon = (description: string) => choice(['30', '90', '180', 'renewal'], description);
export const chance = (description: string) => figure(description, { minimum: 0, maximum: 1 });
const said = (description: string) => orNull(ref('SaidOn', description));

export const churnRiskSchemas: Readonly<Record<string, Schema>> = {
  ChurnRisk: record('The risk that one customer leaves, at one moment. Chances go from 0 to 1, in ten-thousandths.', {
    ...atMoments,
    held: yesNo('True while a fact that could not be read holds back the figures of this customer.'),
    heldBy: orNull(ref('Evidence', 'The first fact that could not be read, where one holds the customer back: the figures are those before it.')),
    knowledge: choice(['witnessed', 'declared'], '`declared` when an import said when at least one counted fact was known, and we did not see it ourselves.'),
    standing: choice(['prospect', 'running', 'notice', 'left'], 'No subscription is known yet; a customer; one of whom a notice stands; one who has left.'),
    since: orNull(day('Since when it is, or was, a customer; null for who never was.')),
    decision: said('When it was decided not to renew; null where nobody said so.'),
    notice: said('When notice was given for all that runs; null where none stands.'),
    effect: said('When nothing runs any more; null while that is not known.'),
    cause: orNull(choice(['voluntary', 'payment', 'merger', 'bad-fit', 'other'], 'Why it left; null for who has not.')),
    horizon: horizon('The horizon that is explained.'),
    probability: orNull(chance('That the customer leaves within it; null where nothing can be said.')),
    say: text('The risk in a sentence.', { examples: ['Risk 31 % within 90 days; 14 % had usage stayed at its usual level.'] }),
    chances: list(record('One horizon.', {
      horizon: horizon('Days, or the next renewal.'), until: day('Its last day; that of the renewal is 30 days after the renewal date.'), probability: chance('That the customer leaves by then.'),
      low: chance('Lower end of the 95 % interval.'), high: chance('Its upper end.'),
    }), 'By horizon; empty for who is no customer.'),
    survival: list(record('One day.', { date: day('The day.'), stays: chance('Chance of still being a customer then.') }), 'The chance of staying, to the renewal or 180 days.'),
    explained: orNull(record('What makes the chance: base + drivers + calibration = log-odds, exactly, in ten-thousandths. Null where no model speaks: after a notice, or where nothing runs.', {
      base: figure('Log-odds of an average customer.'), drivers: list(ref('ChurnDriver'), 'The largest first.'),
      calibration: figure('What calibration on time that the model had not seen adds.'), logOdds: figure('Their sum.'),
    })),
    arrAtRisk: list(ref('Money'), 'Annual recurring revenue times the chance, one amount per currency.'),
    acquisition: list(ref('AcquisitionAtRisk'), 'What winning the customer cost, one entry per currency.'),
    confidence: record('How far the chance can be relied on.', {
      level: choice(['prior', 'low', 'fair', 'good'], '`prior`: nothing was learnt from your own customers.'), known: count('Per cent of the measures that are known of the customer.'), say: text('In a sentence.'),
    }),
    comparable: orNull(record('What became of customers of a like chance, at month ends that the model had not seen; null where nothing was tried.', {
      from: chance('Lowest chance among them.'), to: chance('Highest.'), rows: count('How many.'), left: count('How many of them left.'), share: chance('The same as a share.'),
      low: chance('Lower end of its 95 % interval.'), high: chance('Its upper end.'), say: text('In a sentence.'),
    })),
    heldOut: orNull(text('Of which running experiment the customer is held out: nothing is to be done to keep it; null for everybody else.')),
    alike: list(record('One of them.', { customer: customerId, name: orNull(text('As it is called today; null where nobody knows.')), on: day('The month end at which it was alike.'), left: yesNo('Whether it left within the horizon.') }), 'The customers of the history that the model sees most alike this one, the nearest first; empty where it kept none.', { maxItems: 3 }),
    buyer: orNull(record('Of who buys without a contract: whether they still do; null for everybody else.', {
      repeats: count('Purchases after the first.'), firstOn: day('The first.'), lastOn: day('The last.'), alive: orNull(chance('That they will buy again at all; null where no model of buyers was learnt.')),
      expected: orNull(list(record('A stretch.', { days: count('From that day on.'), purchases: figure('Expected within it.', { minimum: 0 }) }), 'Null where no model of buyers was learnt.')),
      say: text('In a sentence.'), events: list(ref('Evidence'), 'The purchases, at most the 25 latest.', { maxItems: 25 }),
    })),
    model: ref('ModelInShort', 'The model that says so.'),
  }),
  ModelInShort: record('A model of churn risk.', {
    id: text('Its id; `prior` for the one that assumptions make.'), kind: choice(['logistic', 'additive'], 'Its kind.'), arithmetic: whole('Raised only when the same facts and model can give another figure.', { minimum: 1 }),
    prior: yesNo('True for assumptions that nobody has learnt from your customers.'),
    window: orNull(record('What it was learnt from; null for the prior.', { from: day('The first month end.'), to: day('The last.'), knownUntil: day('What was known by then counted.'), gapDays: count('Days between a row and the time it foretells.') })),
    inForceSince: orNull(instant('When it was promoted; null for the prior, and for a model that was asked for.')), say: text('In a sentence.'),
  }),
  SaidOn: record('A day, and the fact that says so.', { on: day('The day.'), event: orNull(ref('Evidence', 'The fact.')) }),
  ChurnDriver: record('What one feature adds to the log-odds of leaving.', {
    feature: text('Its id.'), label: text('Its name.'), group: text('What it belongs to.'), logOdds: figure('Signed; above 0 it raises the risk.'), known: yesNo('False where nothing is known of it.'),
    otherwise: orNull(chance('The chance, had it been well; null where it could not have been otherwise or that would not lower it.')), say: text('In a sentence.'), events: list(ref('Evidence'), 'The events that set it.'),
  }),
  AcquisitionAtRisk: record('What winning the customer cost, of one currency in minor units.', {
    currency: text('ISO 4217 code.', { pattern: '^[A-Z]{3}$' }), spent: whole('Spent to win the customer.'), recovered: whole('What was paid, less what serving cost.'), unrecovered: count('What has not come back yet.'),
    atRisk: count('That times the chance.'), basis: choice(['payments', 'subscription'], '`subscription`: no payment is known, so the subscription counts as paid.'), say: text('In a sentence.'),
    events: list(ref('Evidence'), 'The facts that were counted, at most the 25 latest.', { maxItems: 25 }),
  }),
};
