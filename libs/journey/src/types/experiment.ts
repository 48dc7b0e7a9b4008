import { eventType } from '../event-type.js';
import { code, count, day, fields, label, number } from '../shapes.js';

const experiment = code('Id of the experiment.');

export const experimentTypes = [
  eventType({
    type: 'experiment.started', version: 1, internal: true,
    description: 'A share of the customers at risk is held out from interventions by lot from now on, so that their effect can be seen.',
    schema: fields({
      experiment, on: day('The first day.'), seed: count('Of the lot.', 4_294_967_295), share: number('Share of the customers that is held out.', 0.01, 0.5),
      monthlyRate: number('Share that leaves in a month when nothing is done, as far as the past shows.', 0, 1), effect: number('The part of leavers that the intervention is to keep.', 0.01, 1),
      accounts: count('Customers who take part, treated and held out.'), accountMonths: count('So many months of customers show that effect with a chance of 80 %.', 1e12), months: count('So long it takes with as many customers.', 1e9),
    }, { segment: label('Only customers of this segment; all when left out.'), intervention: code('The kind of intervention that is tried.') }),
    example: { experiment: 'calls-2026', on: '2026-12-01', seed: 7, share: 0.2, monthlyRate: 0.02, effect: 0.3, accounts: 3_120, accountMonths: 25_400, months: 9, segment: 'mid-market', intervention: 'call' },
  }),
  eventType({
    type: 'experiment.ended', version: 1, internal: true,
    description: 'Nobody is held out for this experiment any more.',
    schema: fields({ experiment, on: day('The last day.') }, { reason: label('Why, in a few words without names of persons.') }),
    example: { experiment: 'calls-2026', on: '2027-09-30', reason: 'The effect is clear' },
  }),
] as const;
