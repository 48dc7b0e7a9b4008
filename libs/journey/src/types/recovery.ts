import { eventType } from '../event-type.js';
import { choice, code, contactRef, count, eventRef, fields, instant, list, number, text } from '../shapes.js';

const recovery = code('Number of the recovery.');
const ticket = code('The ticket it is about.');
const owner = code('Who looks after it: our own id of a person.');
const note = text('What should be remembered.');
const because = eventRef('The fact that it answers.');
const clockName = choice(['look', 'contact', 'close'], 'Which clock: the first look, the first contact, or the close.');
const minutes = count('Working minutes that it has.', 1_000_000);
const by = instant('When that time is over.');
const worked = count('Working minutes since it was opened, or opened again.', 1e9);
const survey = code('Number of the asking.');
const score = number('The answer, on the scale asked.', -1000, 1000);

/** Why a recovery is opened. */
const reasons = {
  ...list(choice(['low-answer', 'wants-contact', 'complaint', 'by-hand'], 'One of them.'), 'Why: an answer below the bar, one that asks to be contacted, one that a person took for a complaint, or somebody of ours thought so.', 4), minItems: 1,
} as const;
const answer = {
  ...fields({
    survey, score, kind: choice(['nps', 'csat', 'ces', 'xla', 'custom'], 'What kind of question it is.'), min: number('Worst answer possible.', -1000, 1000), max: number('Best answer possible.', -1000, 1000),
    bar: number('An answer below this is a miss.', -1000, 1000),
  }),
  description: 'The answer.',
} as const;

export const recoveryTypes = [
  eventType({
    type: 'recovery.opened', version: 1, internal: true, person: 'contact',
    description: 'Something is to be made good with a customer, like an incident, with clocks that run.',
    schema: fields({
      recovery, reasons, since: instant('From when its clocks run: when we knew of it.'),
      clocks: { ...list({ ...fields({ clock: clockName, minutes, by }), description: 'One clock.' }, 'How long each step may take, in working time.', 3), minItems: 3 },
    }, {
      owner, escalateTo: code('Who is told when a clock runs out: our own id of a person.'), answer, because, ticket, contact: contactRef('Whom it is about.'),
      policy: eventRef('The decision that gave it owner and clocks; left out: the usual ones, for nobody has decided.'), what: text('What went wrong.'),
    }),
    example: {
      recovery: 'R-8c1f0a6b', reasons: ['low-answer', 'wants-contact'], since: '2026-03-04T09:12:00Z',
      clocks: [{ clock: 'look', minutes: 240, by: '2026-03-04T13:12:00Z' }, { clock: 'contact', minutes: 480, by: '2026-03-05T09:12:00Z' }, { clock: 'close', minutes: 2400, by: '2026-03-11T09:12:00Z' }],
      owner: 'mara', escalateTo: 'head-of-service', answer: { survey: 'V-901', score: 2, kind: 'csat', min: 1, max: 5, bar: 4 }, because: { source: 'helpdesk', id: 'answer-901' }, ticket: 'T-4410', contact: { system: 'crm', id: 'P-2207' },
    },
  }),
  eventType({
    type: 'recovery.acknowledged', version: 1, internal: true,
    description: 'Somebody of ours had a first look at the recovery, or read the answer behind it.',
    schema: fields({ recovery, worked }, { viewer: code('Who read the answer: our own id of the person.'), because }),
    example: { recovery: 'R-8c1f0a6b', worked: 35 },
  }),
  eventType({
    type: 'recovery.contacted', version: 1, internal: true, person: 'contact',
    description: 'We talked with the customer about what went wrong.',
    schema: fields({ recovery, worked, how: choice(['call', 'visit', 'meeting', 'mail', 'chat'], 'How.') }, { contact: contactRef('With whom.'), note }),
    example: { recovery: 'R-8c1f0a6b', worked: 90, how: 'call', contact: { system: 'crm', id: 'P-2207' }, note: 'Lost three days, wants it to be fixed for good.' },
  }),
  eventType({
    type: 'recovery.cause-identified', version: 1, internal: true,
    description: 'The cause of what went wrong was found.',
    schema: fields({ recovery, worked, cause: code('The cause, as a key of ours: what others with the same cause share, in capitals or not.') }, { what: text('The cause, in words.') }),
    example: { recovery: 'R-8c1f0a6b', worked: 130, cause: 'print-server-overload', what: 'Hall 3 prints all labels at shift change.' },
  }),
  eventType({
    type: 'recovery.prevention-recorded', version: 1, internal: true,
    description: 'It was said what prevents the cause from coming back, or why nothing does.',
    schema: fields({ recovery, worked }, { what: text('What is done.'), noneBecause: code('Why nothing is done, as a key of ours.') }),
    check: ({ what, noneBecause }) => ((what === undefined) === (noneBecause === undefined) ? [{ path: ['what'], message: 'say either what prevents it, or (`noneBecause`) why nothing does' }] : []),
    example: { recovery: 'R-8c1f0a6b', worked: 140, what: 'A second print server, and an alarm on its queue.' },
  }),
  eventType({
    type: 'recovery.closed', version: 1, internal: true,
    description: 'All that was to be done to make it good is done.',
    schema: fields({ recovery, worked }, { note }),
    example: { recovery: 'R-8c1f0a6b', worked: 1310, note: 'Printing since Monday without a fault.' },
  }),
  eventType({
    type: 'recovery.reopened', version: 1, internal: true,
    description: 'A closed recovery is open again, and its last clock starts anew.',
    schema: fields({ recovery, reason: choice(['fix-disproved', 'by-hand'], 'Why: the next answer said so, or somebody of ours thought so.'), minutes, by }, { note }),
    example: { recovery: 'R-8c1f0a6b', reason: 'fix-disproved', minutes: 2400, by: '2026-04-11T09:12:00Z' },
  }),
  eventType({
    type: 'recovery.owner-assigned', version: 1, internal: true,
    description: 'Somebody else looks after the recovery from now on.',
    schema: fields({ recovery, owner }, { note }),
    example: { recovery: 'R-8c1f0a6b', owner: 'jonas' },
  }),
  eventType({
    type: 'recovery.escalated', version: 1, internal: true,
    description: 'A clock of the recovery ran out before its step was done.',
    schema: fields({ recovery, clock: clockName, by }, { owner, to: code('Who is told: our own id of a person.') }),
    example: { recovery: 'R-8c1f0a6b', clock: 'contact', by: '2026-03-05T09:12:00Z', owner: 'mara', to: 'head-of-service' },
  }),
  eventType({
    type: 'recovery.answer-revised', version: 1, internal: true,
    description: 'The person changed the answer that the recovery is about, or its score was corrected, which does not close it.',
    schema: fields({ recovery, survey, score }, { because }),
    example: { recovery: 'R-8c1f0a6b', survey: 'V-901', score: 4, because: { source: 'helpdesk', id: 'answer-901-b' } },
  }),
  eventType({
    type: 'recovery.fix-confirmed', version: 1, internal: true,
    description: 'The next answer of the same person shows that the recovery worked.',
    schema: fields({ recovery, survey, score }, { because }),
    example: { recovery: 'R-8c1f0a6b', survey: 'V-977', score: 5, because: { source: 'helpdesk', id: 'answer-977' } },
  }),
  eventType({
    type: 'recovery.fix-disproved', version: 1, internal: true,
    description: 'The next answer of the same person shows that the recovery did not work.',
    schema: fields({ recovery, survey }, { score, because }),
    example: { recovery: 'R-8c1f0a6b', survey: 'V-977', score: 1, because: { source: 'helpdesk', id: 'answer-977' } },
  }),
  eventType({
    type: 'recovery.answer-withdrawn', version: 1, internal: true,
    description: 'An answer was taken back, or is the customer\'s no more, that opened the recovery, or proved or disproved it. What was opened by it alone is withdrawn, and its clocks stop.',
    schema: fields({ recovery, survey }, { because }),
    example: { recovery: 'R-8c1f0a6b', survey: 'V-901', because: { source: 'helpdesk', id: 'correction-17' } },
  }),
  eventType({
    type: 'recovery.linked', version: 1, internal: true,
    description: 'The recovery belongs together with a ticket or with another recovery.',
    schema: fields({ recovery }, { ticket, other: code('Number of the other recovery.') }),
    check: ({ ticket: named, other }) => ((named === undefined) === (other === undefined) ? [{ path: ['ticket'], message: 'name either a ticket or another recovery (`other`)' }] : []),
    example: { recovery: 'R-8c1f0a6b', ticket: 'T-4522' },
  }),
] as const;
