import { eventType } from '../event-type.js';
import { code, contactRef, fields, list, text, yesNo } from '../shapes.js';

const touch = fields({ twoWay: yesNo('The customer took part: answered, spoke, was there.') }, {
  with: list(contactRef('One person at the customer.'), 'Who at the customer.'),
  by: code('Who of ours: our own id of the person.'),
  outcome: code('What came of it, as a key of ours.'),
  note: text('What was said or seen.'),
});
const who = { system: 'crm', id: 'P-2207' };

export const engagementTypes = [
  eventType({
    type: 'engagement.meeting-held', version: 1, person: 'with',
    description: 'We met, in a room or on a screen.',
    schema: touch,
    example: { with: [who], twoWay: true, by: 'mara', outcome: 'next-step-agreed', note: 'Wants the new site included from March.' },
  }),
  eventType({
    type: 'engagement.call-held', version: 1, person: 'with',
    description: 'We called or were called.',
    schema: touch,
    example: { with: [who], twoWay: true, by: 'mara', outcome: 'reached', note: 'Relieved that somebody rang.' },
  }),
  eventType({
    type: 'engagement.visit-made', version: 1, person: 'with',
    description: 'We were at their place.',
    schema: touch,
    example: { with: [who], twoWay: true, by: 'mara', note: 'Saw the packing line, no complaints.' },
  }),
  eventType({
    type: 'engagement.message-exchanged', version: 1, person: 'with',
    description: 'A message went from one side to the other.',
    schema: touch,
    example: { with: [who], twoWay: false, by: 'mara', note: 'Sent the figures of the quarter.' },
  }),
  eventType({
    type: 'engagement.business-review-held', version: 1, person: 'with',
    description: 'We went through results and plans together.',
    schema: touch,
    example: { with: [who], twoWay: true, by: 'mara', outcome: 'goals-agreed', note: 'Two goals for next year.' },
  }),
  eventType({
    type: 'engagement.event-attended', version: 1, person: 'with',
    description: 'They came to an event of ours, or we to one of theirs.',
    schema: touch,
    example: { with: [who], twoWay: true, note: 'Users day in autumn.' },
  }),
  eventType({
    type: 'engagement.observation-recorded', version: 1, person: 'with',
    description: 'Somebody of ours noticed something about the customer.',
    schema: touch,
    example: { twoWay: false, by: 'mara', note: 'A new head of IT starts in May.' },
  }),
] as const;
