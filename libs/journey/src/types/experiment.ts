import { eventType } from '../event-type.js';
import { choice, code, count, day, fields, label, number } from '../shapes.js';

const experiment = code('Id of the experiment.');

export const experimentTypes = [
  eventType({
    type: 'experiment.started', version: 1, internal: true,
    description: 'A share of the customers at risk is held out from interventions by lot from now on, so that their effect can be seen.',
    schema: fields({
      experiment, on: day('The first day.'), seed: count('Of the lot.', 4_294_967_295), share: number('Share of each segment that is held out.', 0.01, 0.5), horizon: choice(['30', '90', '180'], 'Days after which it is looked who left.'),
      baseRate: number('Share that leaves within the horizon without any intervention, as far as the past shows.', 0, 1), effect: number('The part of leavers that the intervention is to keep.', 0.01, 1),
      accounts: count('So many accounts show that effect with a chance of 80 %.'), months: count('So long it takes until there are as many, and their time is up.', 1_200),
    }, { segment: label('Only this segment; all when left out.'), intervention: code('The kind of intervention that is tried.') }),
    example: { experiment: 'calls-2026', on: '2026-12-01', seed: 7, share: 0.2, horizon: '90', baseRate: 0.08, effect: 0.3, accounts: 3_120, months: 9, intervention: 'call' },
  }),
  eventType({
    type: 'experiment.ended', version: 1, internal: true,
    description: 'Nobody is held out for this experiment any more.',
    schema: fields({ experiment }, { reason: label('Why, in a few words without names of persons.') }),
    example: { experiment: 'calls-2026', reason: 'The effect is clear' },
  }),
] as const;
