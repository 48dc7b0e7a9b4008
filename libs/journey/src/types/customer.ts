import { eventType } from '../event-type.js';
import { choice, code, count, customerRef, customerRefOrNone, day, fields, foreignId, label, number, text } from '../shapes.js';

const name = label('Name of the company. A business name, not personal data: it stays readable after an erasure.');
const segment = label('Segment the business sorts it into, such as "enterprise".');
const industry = label('Industry it works in.');
const region = label('Region or country.');
const size = count('Number of employees.', 1e8);
const reason = label('Why, in a few words without names of persons: it is not sealed.');
const system = code('The other system.');
const id = foreignId('Its id in that system, as that system writes it; an e-mail address is stored as its keyed hash.');

const FURTHEST_WEST_MS = 12 * 3_600_000;

/** The day that it is at an instant where it is earliest; whose calendar counts is not known to a type. */
const earliestDay = (instant: string): string => new Date(Date.parse(instant) - FURTHEST_WEST_MS).toISOString().slice(0, 10);

export const customerTypes = [
  eventType({
    type: 'customer.registered', version: 1,
    description: 'A company became known to us as a customer, with its profile at that time.',
    schema: fields({ name }, { segment, industry, region, size, owner: code('Who looks after it: our own id of a person.') }),
    example: { name: 'Otterbank Logistics', segment: 'mid-market', industry: 'logistics', region: 'North', size: 420, owner: 'mara' },
  }),
  eventType({
    type: 'customer.profile-changed', version: 1,
    description: 'Something in the profile changed; fields that are left out stay as they were.',
    schema: { ...fields({}, { name, segment, industry, region, size }), minProperties: 1 },
    example: { segment: 'enterprise', size: 1200 },
  }),
  eventType({
    type: 'customer.alias-added', version: 1,
    description: 'Another system knows this customer under an id of its own.',
    schema: fields({ system, id }),
    example: { system: 'helpdesk', id: 'ORG-1041' },
  }),
  eventType({
    type: 'customer.alias-removed', version: 1,
    description: 'An id of another system no longer stands for this customer.',
    schema: fields({ system, id }),
    example: { system: 'helpdesk', id: 'ORG-1041' },
  }),
  eventType({
    type: 'customer.owner-assigned', version: 1,
    description: 'Somebody of ours now looks after this customer.',
    schema: fields({ owner: code('Our own id of the person.') }),
    example: { owner: 'jonas' },
  }),
  eventType({
    type: 'customer.parent-changed', version: 1,
    description: 'The customer now belongs to another one, or to none.',
    schema: fields({ parent: customerRefOrNone('The parent company; null when there is none.') }),
    example: { parent: { system: 'crm', id: 'C-1001' } },
  }),
  eventType({
    type: 'customer.merged', version: 1,
    description: 'This customer turned out to be another one, whose story its facts are part of until it is unmerged.',
    schema: fields({ into: customerRef('The customer that stays, with its own name, owner, segment and the rest of its profile; what it has not is taken from this one.') }),
    example: { into: { system: 'crm', id: 'C-1001' } },
  }),
  eventType({
    type: 'customer.unmerged', version: 1,
    description: 'This customer is one of its own after all; all facts that name it are its own again.',
    schema: fields({}),
    example: {},
  }),
  eventType({
    type: 'customer.intervention-recorded', version: 1,
    description: 'Somebody of ours did something to keep this customer.',
    schema: fields({ intervention: code('Id of the intervention, such as that of the call or the offer.'), kind: code('What was done, as a key of ours, such as call or discount.') }, {
      note: text('What should be remembered.'), experiment: code('The experiment that it is part of.'),
      group: choice(['treated', 'holdout'], 'On which side of the experiment the customer stood; holdout where it was done all the same.'),
    }),
    example: { intervention: 'I-301', kind: 'call', note: 'Offered a second training.', experiment: 'calls-2026', group: 'treated' },
  }),
  eventType({
    type: 'customer.override-set', version: 1,
    description: 'Somebody knows better than the scorecard: for a time this score is shown beside the computed one.',
    schema: fields({ score: number('The score, 0 to 100.', 0, 100), reason, until: day('The last day on which it holds: not before the day of the fact.') }),
    check: ({ until }, occurredAt) => (occurredAt === undefined || until >= earliestDay(occurredAt) ? [] : [{ path: ['until'], message: `it would end on ${until}, before it was set on ${occurredAt.slice(0, 10)}` }]),
    example: { score: 30, reason: 'Their new management wants one supplier', until: '2026-12-31' },
  }),
  eventType({
    type: 'customer.override-cleared', version: 1,
    description: 'The score that somebody had set holds no longer.',
    schema: fields({ reason }),
    example: { reason: 'The new management chose us' },
  }),
  eventType({
    type: 'customer.measurement-recorded', version: 1,
    description: 'A figure about the customer that a person or another system worked out, such as the pulse that its manager feels.',
    schema: fields({ measure: code('Name of the figure; a scorecard reads the latest one as measurement: and this name.'), value: number('The figure.', -1e12, 1e12) }, { note: text('What should be remembered.') }),
    example: { measure: 'pulse', value: 4, note: 'Relaxed since the outage was explained.' },
  }),
  eventType({
    type: 'customer.closed', version: 1,
    description: 'The business relation ended for good.',
    schema: fields({}, { reason: code('Why, as a key of ours.') }),
    example: { reason: 'insolvent' },
  }),
] as const;
