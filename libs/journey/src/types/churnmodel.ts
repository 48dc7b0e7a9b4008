import { eventType } from '../event-type.js';
import { choice, code, count, day, fields, instant, label, list, number } from '../shapes.js';

const model = code('Id of the model.');
const reason = label('Why, in a few words without names of persons.');
const horizon = choice(['30', '90', '180', 'renewal'], 'Days ahead, or the next renewal.');
const share = (description: string) => number(description, 0, 1);
const loss = (description: string) => number(description, -100, 100);

/** How well a model did on time that it had not seen; what cannot be said is left out. */
const figures = list({
  ...fields({ horizon, rows: count('Rows that it was tried on: customers at month ends.'), leavers: count('Of whom so many left.') }, {
    auc: share('How often a leaver is ranked above a stayer.'), prAuc: share('Precision over recall.'), logLoss: loss('Less is better.'), brier: share('Mean squared error; less is better.'),
    slope: loss('1 where stated risks are as far apart as true ones.'), ece: share('Mean distance of stated risk and what came.'),
    lift10: number('Leavers among the tenth at highest risk, as a multiple of the average.', 0, 1_000), arrCaptured10: share('Part of the amount that left which that tenth had.'),
  }),
  description: 'Of one horizon.',
}, 'Out-of-time figures by horizon.', 4);

export const churnmodelTypes = [
  eventType({
    type: 'churnmodel.trained', version: 1, internal: true,
    description: 'A model of churn risk was trained on the facts up to a position.',
    schema: fields({
      model: { type: 'object', additionalProperties: true, description: 'The model itself, in full.' },
      kind: choice(['logistic', 'additive'], 'Its kind.'), arithmetic: count('Version of the churn arithmetic.', 1_000_000), seed: count('Of its chance.', 4_294_967_295),
      window: { ...fields({ from: day('First day of which rows were taken.'), to: day('The last.'), gapDays: count('Days between a row and the time that it foretells.', 366) }), description: 'The data it was trained on.' },
      knownAt: instant('What was known then counted.'), upTo: code('The facts up to this position of the log counted.'),
      customers: count('Customers of whom there are rows.'), rows: count('Rows: customers at month ends.'), figures,
    }),
    example: {
      model: { id: 'cm-0a1b2c3d4e5f' }, kind: 'logistic', arithmetic: 1, seed: 1, window: { from: '2023-01-01', to: '2025-12-31', gapDays: 0 }, knownAt: '2026-01-05T10:00:00.000Z', upTo: '1.84210',
      customers: 412, rows: 9_120, figures: [{ horizon: '90', rows: 4_100, leavers: 96, auc: 0.78, logLoss: 0.098 }],
    },
  }),
  eventType({
    type: 'churnmodel.promoted', version: 1, internal: true,
    description: 'A model of churn risk came into force: from now on it answers.',
    schema: fields({ model }, {
      reason, comparedWith: code('The model that was in force; prior for the one that assumptions make.'),
      better: list({
        ...fields({ horizon, rows: count('Rows that both were tried on.') }, {
          logLoss: loss('Of the new one.'), logLossBefore: loss('Of the one in force.'), lessBy: loss('So much less it is.'), low: loss('Lower end of the 95 % interval of that.'), high: loss('Its upper end.'),
          auc: share('Of the new one.'), aucBefore: share('Of the one in force.'),
        }),
        description: 'Of one horizon.',
      }, 'Both on the same rows.', 4),
    }),
    example: { model: 'cm-0a1b2c3d4e5f', comparedWith: 'prior', better: [{ horizon: '90', rows: 4_100, logLoss: 0.098, logLossBefore: 0.112, lessBy: 0.014, low: 0.008, high: 0.021, auc: 0.78, aucBefore: 0.71 }] },
  }),
  eventType({
    type: 'churnmodel.retired', version: 1, internal: true,
    description: 'A model of churn risk is no longer to answer; the one that was promoted before it does, or the prior.',
    schema: fields({ model, reason }),
    example: { model: 'cm-0a1b2c3d4e5f', reason: 'Prices were changed for all' },
  }),
  eventType({
    type: 'churnmodel.drift-measured', version: 1, internal: true,
    description: 'It was measured how far a model has drifted from what it was trained on.',
    schema: fields({
      model, day: day('As of the close of this day.'),
      stability: list({
        ...fields({
          of: label('The score of a horizon, or a feature.'), index: number('Population stability index.', 0, 1_000), byChance: number('So much would come by chance in one of twenty looks.', 0, 1_000),
          level: choice(['stable', 'moved', 'shifted'], 'What that means: moved from 0.1 on, shifted from 0.25 on, and never within chance.'),
        }),
        description: 'Of one of them.',
      }, 'How far what it sees now is from what it was trained on, the farthest first.', 500),
      calibration: list({
        ...fields({
          horizon, foretoldOn: day('When that was foretold.'), customers: count('Customers whose time is up.'), expected: share('Share that was to leave.'), observed: share('Share that left.'),
          low: share('Lower end of its 95 % interval.'), high: share('Its upper end.'), level: choice(['as-said', 'fewer-left', 'more-left'], 'What that means.'),
        }),
        description: 'Of one horizon.',
      }, 'What it foretells for those whose time is up, and what came.', 4),
      verdict: choice(['steady', 'moving', 'drifted', 'unknown'], 'What that means: drifted where a score or the calibration is off, moving where only what it looks at is; unknown without anybody to look at.'),
    }),
    example: {
      model: 'cm-0a1b2c3d4e5f', day: '2026-10-31', stability: [{ of: 'score 90', index: 0.04, byChance: 0.06, level: 'stable' }, { of: 'trend', index: 0.02, byChance: 0.06, level: 'stable' }],
      calibration: [{ horizon: '90', foretoldOn: '2026-07-31', customers: 391, expected: 0.024, observed: 0.028, low: 0.016, high: 0.05, level: 'as-said' }], verdict: 'steady',
    },
  }),
] as const;
