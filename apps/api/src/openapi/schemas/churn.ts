import { choice, count, day, figure, instant, list, orNull, position as positionOf, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

const horizon = choice(['30', '90', '180', 'renewal'], 'Days ahead, or the next renewal.');
const share = (description: string) => figure(description, { minimum: 0, maximum: 1 });
const model = text('Id of the model.', { examples: ['cm-0a1b2c3d4e5f'] });
const kind = choice(['logistic', 'additive'], 'Its kind.');
const whole32 = whole('Seed of its chance.', { minimum: 0, maximum: 4_294_967_295 });
const content = (description: string): Schema => ({ type: 'object', description, additionalProperties: true });

const window = record('The data it was trained on.', { from: day('Rows are of month ends from this day on.'), to: day('Up to this day.'), gapDays: count('Days between a row and the time that it foretells.') });
const figures = list(record('Of one horizon; what cannot be said is left out.', { horizon, rows: count('Rows that it was tried on.'), leavers: count('Of whom so many left.') }, {
  auc: share('How often a leaver is ranked above a stayer.'), prAuc: share('Precision over recall.'), logLoss: figure('Less is better.'), brier: share('Mean squared error.'),
  slope: figure('Calibration slope; 1 is right.'), ece: share('Mean distance of stated risk and what came.'), lift10: figure('Leavers among the tenth at highest risk, as a multiple of the average.'),
  arrCaptured10: share('Part of the amount that left which that tenth had.'),
}), 'Out of time, by horizon.');

const drift = {
  model, day: day('As of the close of this day.'), verdict: choice(['steady', 'moving', 'drifted', 'unknown'], '`drifted` where a score or the calibration is off, `moving` where only what it looks at is; `unknown` without anybody to look at.'),
  stability: list(record('Of a score or a feature.', {
    of: text('The score of a horizon, or a feature.'), index: figure('Population stability index.', { minimum: 0 }), byChance: figure('So much would come by chance in one of twenty looks.', { minimum: 0 }),
    level: choice(['stable', 'moved', 'shifted'], 'What that means.'),
  }), 'How far what it sees now is from what it was trained on, the farthest first.'),
  calibration: list(record('Of one horizon.', {
    horizon, foretoldOn: day('When that was foretold.'), customers: count('Customers whose time is up.'), expected: share('Share that was to leave.'), observed: share('Share that left.'),
    low: share('Lower end of its 95 % interval.'), high: share('Its upper end.'), level: choice(['as-said', 'fewer-left', 'more-left'], 'What that means.'),
  }), 'What it foretells for those whose time is up, and what came.'),
};

const madeFrom = {
  knownAt: instant('What was known then counted.'), upTo: positionOf('The facts up to here counted.'), customers: count('Customers whose stories were read.'), rows: count('Rows: customers at month ends.'),
};
const trained = { kind, seed: whole32, arithmetic: whole('Version of the churn arithmetic.', { minimum: 1 }), window, ...madeFrom, figures };
const suspicion = orNull(record('What looks too good to be true; null where nothing does.', { says: text('Why.'), columns: list(text('A column.'), 'Which may know what comes.') }));

const experiment = {
  experiment: text('Its id.', { examples: ['calls-2026'] }), on: day('Its first day.'), seed: whole32, share: share('Share that is held out.'), monthlyRate: share('Share that left in a month, when it was started.'), effect: share('The part of leavers that is to be kept.'),
  accounts: count('Customers who took part when it was started.'), accountMonths: count('So many months of customers show the effect.'), months: count('So long that takes.'), startedAt: instant('When it was started.'), endedOn: orNull(day('When it ended; null while it runs.')),
};
const tried = { segment: text('Only customers of this segment.'), intervention: text('The kind of intervention that is tried.') };
const group = record('Customers of one side.', { customers: count('Who were customers on the first day.'), left: count('Who gave notice since.'), reached: count('Of whom an intervention of this experiment was recorded.') });

export const churnSchemas: Readonly<Record<string, Schema>> = {
  ChurnModels: record('Models of churn risk.', { inForce: text('Id of the model that answers; `prior` for the one that assumptions make.', { examples: ['prior'] }), models: list(ref('ChurnModelSummary'), 'The latest first.') }),
  ChurnModelSummary: record('A trained model in short.', {
    id: model, state: choice(['trained', 'in-force', 'superseded', 'retired'], '`superseded`: promoted, and another one later; it answers again when that one is retired.'), ...trained,
    promotedAt: orNull(instant('Its last promotion that still counts; null without one.')), retiredAt: orNull(instant('When it was retired; null while it is not.')), reason: orNull(text('What was said when it was promoted or retired last; null where nothing was.')),
    trainedAt: instant('When it was trained.'), trainedBy: ref('Actor', 'Who had it trained.'), position: positionOf('Of the fact that holds it.'),
    drift: orNull(record('The last measurement; null before the first.', drift)),
  }),
  ChurnModelAnswer: record('A model in full.', { summary: { description: 'In short; null for the prior.', anyOf: [ref('ChurnModelSummary'), { type: 'null' }] }, model: content('The model itself: columns, a model for each horizon, its proof.') }),
  ChurnLine: {
    description: 'One line of the answer to a training or a backtest.',
    anyOf: [
      record('How far it is.', { progress: record('So far.', { of: text('What is being done.'), done: count('So much of it.'), all: count('So much there is.') }) }),
      record('The last line of a training.', { trained: record('What came of it.', {
        status: choice(['trained', 'already-trained', 'dry-run'], '`already-trained`: the same model was stored before; nothing was added.'), id: model, ...trained,
        held: count('Customers of whom a fact cannot be read; nothing of them counts.'), suspicion, position: orNull(positionOf('Of the fact that holds the model; null in a dry run.')),
      }) }),
      record('The last line of a backtest.', {
        backtest: content('Figures with intervals beside simple rules, calibration, lift, the leak check, by horizon.'),
        madeFrom: record('From what.', { from: day('From this day on.'), to: day('Up to this day.'), gapDays: count('Days between a row and the time that it foretells.'), ...madeFrom, held: count('Customers of whom a fact cannot be read.') }),
      }, { page: text('The same drawn, when asked for: HTML in one file.') }),
      record('Some of the rows.', { rows: list(record('A customer at a month end.', {
        customer: text('Our id.'), cluster: text('Its parent account, or itself.'), on: day('At the end of this day.'), labels: content('By horizon: 1 notice came within it, 0 it did not, null that cannot be told.'),
        foretold: content('By horizon: the chance that was foretold and the day up to which the model knew outcomes; null where none did.'), values: content('By feature; null where unknown.'), words: list(text('Of a category, `segment=small`.'), 'That apply.'),
      }), 'In the order of customers and days.') }),
      record('The last line after rows.', { madeFrom: record('From what.', { from: day('From this day on.'), to: day('Up to this day.'), gapDays: count('Days between a row and the time that it foretells.'), ...madeFrom, held: count('Customers of whom a fact cannot be read.') }) }),
      record('The last line, when it came to no result.', { problem: ref('Problem') }),
    ],
  },
  ChurnComparison: record('Two models on the same rows.', {
    candidate: model, current: text('Id of the one in force.'), better: yesNo('Whether the candidate is better.'), sameCauses: yesNo('Whether both count the same causes of leaving.'), says: text('That in a sentence.'),
    horizons: list(record('Of one horizon.', {
      horizon: { description: 'Days ahead, or the next renewal.', anyOf: [{ type: 'integer' }, { type: 'string' }] }, rows: count('Rows.'),
      figures: list(record('A figure of both.', {
        name: choice(['auc', 'logLoss'], 'Which; the AUC is that among rows of one month end.'), challenger: orNull(figure('Of the candidate; null where it cannot be told.')), atLeast: orNull(figure('Lower end of its 95 % interval.')), incumbent: orNull(figure('Of the one in force.')),
        better: record('How much better the candidate is: AUC more, log-loss less.', { value: orNull(figure('Above 0 where it is better.')), low: orNull(figure('Lower end of the 95 % interval.')), high: orNull(figure('Its upper end.')) }),
      }), 'Both.'),
    }), 'By horizon.'),
  }),
  Experiments: record('Experiments.', { experiments: list(ref('Experiment'), 'In the order in which they were started.') }),
  Experiment: record('An experiment.', experiment, tried),
  ExperimentPlanned: record('What an experiment would take.', {
    experiment: text('Its id.'), started: yesNo('Whether it was started.'),
    plan: record("From what the tenant's own past shows.", {
      accounts: count('Customers who would take part.'), monthlyRate: share('Share that leaves in a month.'), left: count('Months of customers that ended with a departure, of the last year.'), looks: count('Months of customers that were looked at.'),
      size: orNull(record('What would show the effect in four of five experiments; null where nothing could ever.', {
        customerMonths: count('Months of customers, treated and held out together.'), months: count('With as many customers as there are.'), customersForAYear: count('Customers, to see it within a year.'),
      })),
    }),
  }),
  ExperimentReport: record('Whether it helped so far, by who was to be treated and who was held out, whatever was done.', {
    ...experiment, until: day('What was known by the end of this day counts.'), treated: group, heldOut: group,
    uplift: orNull(record('Null while one of both groups is empty.', {
      treatedShare: share('Share of the treated that left.'), heldOutShare: share('Share of the held out that left.'), difference: figure('The latter less the former: above 0 it helped.'),
      low: figure('Lower end of its 95 % interval.'), high: figure('Its upper end.'), verdict: choice(['helps', 'harms', 'not shown'], 'What that means.'),
    })),
    holdOut: list(text('Our id of a customer.'), 'Who is held out and has not left; the first thousand.'),
  }, tried),
  ExperimentEnded: record('Nobody is held out for it any more.', { experiment: text('Its id.') }),
  ChurnExplanation: record('What a model looks at.', {
    model: text('Id of the model.'), kind, horizons: list(record('Of one horizon.', {
      horizon, rows: count('Rows that it was learnt from.'), departures: count('Customers who left.'),
      columns: list(record('Something that it looks at.', {
        column: text('Its name.', { examples: ['trend'] }), label: text('The same in words.'), unit: orNull(text('What its number is; null for a word or a gap.')),
        says: text('What that means, in a sentence.'), effect: { description: 'A coefficient per standard deviation with its 95 % interval, or the steps of a curve.', type: 'object', additionalProperties: true },
      }), 'What moves most first.'),
    }), 'By horizon.'),
  }),
  ChurnPromoted: record('The model answers from now on.', { model, position: positionOf('Of the fact.'), comparison: ref('ChurnComparison') }),
  ChurnRetired: record('The model answers no longer.', { model, position: positionOf('Of the fact.') }),
  ChurnDrift: record('How far models have drifted.', { inForce: text('Id of the model that answers.'), measurements: list(record('A measurement.', { ...drift, measuredAt: instant('When it was written down.') }), 'The latest first.') }),
};
