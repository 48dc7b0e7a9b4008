import { LEAST_IN_GROUP } from '#insight';

/** How each figure is worked out, for whoever reads it. */
export const METHODS = {
  stages: 'A fact moves a customer into the first stage of the map that it enters, where the stage it is in allows that. Days are those of the tenant\'s calendar. What customers pay is their ARR as of the moment, by their subscriptions.',
  dwell: 'Median and ninth tenth of the days of all visits by Kaplan-Meier: who is still in the stage counts as far as it has stayed. Interval of 95 % after Greenwood, on the scale of log(-log).',
  stuck: 'In a stage for more days than the map declares, else than nine of ten visits take, where at least ten have ended.',
  expectations: 'Met, of those met or missed. An occasion that came late is missed. One whose stage was left while there was time counts in neither. Interval of 95 % after Wilson, as if occasions told nothing of each other.',
  timeToValue: 'Days from the declared start to the first outcome by Kaplan-Meier. Who has not got there counts as far as it has come, who has gone without one until then: it tells how long it takes as if nobody left. Interval of 95 % after Greenwood, log(-log); of the median after Brookmeyer and Crowley. Who had value before the start is left out.',
  trend: `The same by the quarter of the start. Who started lately was watched for less long, which Kaplan-Meier allows for. With fewer than ${LEAST_IN_GROUP} customers a median is marked as of few.`,
  groups: `Segment and owner as they were at the moment, products of all subscriptions so far (a customer is in each of its own), cohorts by the quarter of the start. Renewed: last decisions, with Wilson's interval; a group is held against all who are not in it, by Newcombe's interval, and with fewer than ${LEAST_IN_GROUP} who decided on either side no difference is told. An association: groups differ in much else.`,
  renewals: `Each customer counts once, by its last decision about a renewal (who left without one: by the notice, or the end). Only what was settled before that moment counts. Rates with Wilson's interval of 95 %, differences with Newcombe's; no difference with fewer than ${LEAST_IN_GROUP} customers in either group. An association: it says nothing of what would be otherwise.`,
  paths: 'Stages in the order in which they were entered: of who left all before that, of who renewed last and is still there all before the decision.',
  stalled: 'Of running customers: said to have stalled, or not live 14 days after the planned day.',
} as const;
