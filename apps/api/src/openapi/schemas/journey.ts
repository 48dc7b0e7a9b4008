import { JOURNEY_GROUPINGS } from '#insight';
import { findType } from '#journey';
import { JOURNEY_FIGURES } from '#read-model';
import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { customerId, today } from './common.js';

/** A map as it is sent: the data of the fact that it becomes. */
export const journeyMapBody = findType('journeymap.set')!.schema as Schema;
const partOf = (name: string) => (journeyMapBody['properties'] as Record<string, Schema>)[name]!;

const share = (description: string) => ref('Share', description);
const name = orNull(text('Null until somebody registers the customer.'));
const arr = list(ref('Money'), 'What is paid a year as of the moment, one amount per currency.');
const who = { customer: customerId, name, arr };
const stage = text('A stage of the map.');
const label = text('What people call it.');
const days = whole('So many days.', { minimum: 0 });
const missing = orNull(text('That it is not measured, and which facts it would need; null where it is.'));
const fact = record('A fact.', { source: text('System that sent it.'), id: text("That system's id."), type: text('Its type.'), at: instant('When it was true.') });
const events = (description: string) => list(fact, description);
const quantile = (description: string) => record(`${description}, in days.`, { value: orNull(figure('Null where it is not reached.')), low: orNull(figure('Lower end of the 95 % interval.')), high: orNull(figure('Its upper end; null where it is not reached.')) });
const limit = record('Who is longer there is stuck.', { days: figure('So many days.', { minimum: 0 }), by: choice(['declared', 'ninth-tenth'], 'By the map, or by the ninth tenth of all visits.') });
const kind = choice(['touch', 'moment'], 'An expected touch, or a moment of truth.');
const moment = { today, asOf: instant('What had happened by then counts.'), knownAt: orNull(instant('What was known then counts; null: all that is known.')), position: position('Of the newest fact that counted.') };
const decided = orNull(record('Who decided on it; null for the first map.', { by: ref('Actor', 'Who.'), at: instant('When.'), reason: text('Why.'), event: record('The fact.', { source: text('Its source.'), id: text('Its id.') }) }));
const version = count('Of the map; 0 is the first one, which nobody has decided.');
const listed = (item: Schema, description: string) => ({ n: count('So many there are.'), items: list(item, description) });
const group = (description: string) => record(description, { renewed: count('So many of them renewed.'), rate: share('Share of them.') });
const value = { n: count('Customers who started.'), reached: count('Of these, with an outcome.'), waiting: count('Without one so far.'), leftWithout: count('Gone without one.'), median: quantile('The median'), few: yesNo('Fewer than 30: the median says little.') };
const verdict = choice(['too-few', 'no-clear-difference', 'renew-more-often', 'renew-less-often'], 'What can be said.');
const paths = (description: string) => record(description, listed(record('A path.', { stages: list(stage, 'In order.'), n: count('Customers who went it.'), share: figure('Of all of them.') }), 'Most common first.'));
const state = choice(['met', 'missed', 'waiting', 'not-due'], '`missed`: not in time, or not at all; `not-due`: no longer expected while there was time left.');

export const journeySchemas: Readonly<Record<string, Schema>> = {
  Journey: record('Where customers are on their journey.', {
    ...moment, map: record('The map.', { version, decided }),
    customers: record('Whom it stands on.', { n: count('Customers of whom anything had happened.'), seen: count('Those with a fact that the map, or what they pay, needs.'), inStage: count('Of these, in a stage.'), held: count('Of these, held back by a fact that could not be read.') }),
    stages: list(record('A stage.', {
      stage, label, ends: orNull(choice(['churned', 'lost'], 'How the journey ends there; null: it does not.')), visits: count('How often it was entered.'), customers: orNull(count('In it now; null where it is not measured.')), arr, stuck: orNull(count('Of these, too long; null where nothing can be said.')),
      dwell: orNull(record('How long they stay.', { visits: count('So many visits.'), left: count('Of these over.'), median: quantile('The median'), p90: orNull(figure('When nine of ten have left, in days; null where so many have not.')) })), limit: orNull(limit), missing,
    }), 'As the map has them.'),
    transitions: list(record('Moves out of a stage.', { from: stage, to: orNull(text('The next stage; null: none.')), n: count('So many.'), share: figure('Of all moves out of it.') }), 'Those out of a stage sum to its visits that are over.'),
    stuck: record('Who is too long in a stage.', listed(record('One of them.', { ...who, stage, since: day('When they entered it.'), days, limit, events: events('The fact with which they did.') }), 'Longest beyond the limit first.')),
    stalled: record('Deployments of running customers that do not move on.', { ...listed(record('One of them.', { ...who, since: day('Since when.'), said: yesNo('Somebody told so; else it is two weeks after its planned day.'), events: events('Its facts.') }), 'Longest first.'), missing }),
    expectations: list(record('A touch or a moment.', { kind, id: text('Its id.'), label, stage: orNull(stage), met: count('Occasions met.'), missed: count('Missed.'), waiting: count('With time left.'), notDue: count('No longer expected while there was time.'), rate: share('Met, of those met or missed.'), missing }), 'All of the map.'),
    missed: record('What was missed.', listed(record('One occasion.', { ...who, kind, id: text('Which.'), label, stage: orNull(stage), dueOn: day('The last day on which it counted.'), lateOn: orNull(day('When it came after all; null: never.')), events: events('What began it, and what came late.') }), 'Latest first.')),
    timeToValue: record('Days from the start to the first outcome.', {
      start: text('Which start.'), label, starts: list(record('A start.', { start: text('Its id.'), label }), 'All of the map.'), n: count('Customers who started.'), reached: count('Of these, with an outcome.'), waiting: count('Without one so far.'), leftWithout: count('Gone without one.'), before: count('Not counted: value came before the start.'),
      median: quantile('The median'), missing,
      curve: list(record('A point.', { days, atRisk: count('Still without, just before.'), reached: count('Got there then.'), censored: count('Watched no longer from then on.'), without: figure('The share without value beyond it.'), low: orNull(figure('Lower end of the 95 % interval.')), high: orNull(figure('Its upper end.')) }), 'Where some got there, and the last one.'),
    }),
    trend: record('Time to value by the quarter of the start.', { items: list(record('A quarter.', { quarter: text('Such as 2026-Q3.'), ...value }), 'Earliest first.'), missing }),
    groups: orNull(record('Customers told apart by what was asked for; null where nothing was.', {
      by: choice(JOURNEY_GROUPINGS, 'By what.'),
      ...listed(record('A group.', {
        group: orNull(text('Its name; null: nobody says, or it has not started.')), customers: count('In it.'), arr, going: count('Of these on their way.'), gone: count('Of these gone.'), met: share('Touches and moments met, of those met or missed.'), timeToValue: record('How long value takes.', value),
        renewed: share('Renewed, of those who decided.'), others: share('The same of all who are not in the group.'), difference: orNull(share('The first less the second; null with fewer than 30 on either side.')), verdict,
      }), 'Largest first.'), missing,
    })),
    renewals: record('How moments and renewing go together: an association.', {
      n: count('Customers who have decided.'), renewed: share('Of these renewed.'), missing,
      moments: list(record('A moment.', { moment: text('Its id.'), label, met: group('Who met it before they decided.'), missed: group('Who missed it.'), difference: orNull(share('Rate of the first less rate of the second; null with fewer than 30 in either.')), verdict }), 'All of the map.'),
    }),
    paths: record('The ways they went.', { churned: paths('Of who left.'), renewed: paths('Of who renewed last and is still there.') }),
    methods: { ...record('How each figure is worked out.', {}), additionalProperties: text('In words.') },
    explained: orNull(record('Customers and facts behind a figure; null where none was asked for.', {
      figure: choice(JOURNEY_FIGURES, 'Which.'), key: orNull(text('Of what.')), n: count('So many things.'), more: count('Of these not told.'),
      items: list(record('One of them.', { customer: customerId, name, state: orNull(text('How it stands.')), days: orNull(days), events: events('The facts.') }), 'In order of customers.'),
    })),
  }),
  CustomerJourney: record('One customer on its journey.', {
    ...moment, customer: customerId, askedAs: orNull(text('The customer that was asked for, where it is merged into this one.')), name, held: yesNo('A fact that could not be read holds it back.'), map: record('The map.', { version, decided }), arr, missing,
    now: orNull(record('Where it is; null: in no stage.', { stage, label, since: day('Since when.'), days })),
    visits: list(record('A stay in a stage.', { stage, label, entered: day('When.'), left: orNull(day('When; null: it goes on.')), days, to: orNull(text('The next stage; null: none.')), events: events('With which it began and ended.') }), 'In order.'),
    expectations: list(record('A touch or a moment.', { kind, id: text('Its id.'), label, stage: orNull(stage), begun: { ...fact, description: 'The fact that began it.' }, dueOn: day('The last day on which it counts.'), state, by: orNull({ ...fact, description: 'The fact that met it, or came late.' }) }), 'In order of beginning.'),
    decision: orNull(record('What it decided last about going on.', { renewed: yesNo('Whether it goes on.'), decided: { ...fact, description: 'When it was decided.' } })),
    ended: orNull(record('How the journey ended.', { how: choice(['churned', 'lost'], 'How.'), by: { ...fact, description: 'With which fact.' } })),
  }),
  JourneyMap: record('A map of the customer journey.', {
    version, inForce: yesNo('Whether it counts now.'), decided, say: orNull(text('That nobody has decided, in words; null once somebody has.')), map: record('The map, as it is sent (with a reason).', { stages: partOf('stages'), moments: partOf('moments'), timeToValue: partOf('timeToValue') }),
    versions: list(record('A version.', { version, decided }), 'All of them.'),
  }),
  JourneyMapNoted: record('What came of it.', { version, position: position('Of the fact.') }),
};
