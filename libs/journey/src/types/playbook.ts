import { eventType } from '../event-type.js';
import { choice, code, count, fields, label, list } from '../shapes.js';
import { conditions } from './insight.js';

const playbook = code('Id of the playbook.');
const reason = label('Why, in a few words without names of persons.');
const someOf = (description: string) => ({ ...list(label('One of them.'), description), minItems: 1 }) as const;
export const playbookKinds = ['risk-up', 'band-fell', 'condition', 'recovery-escalated', 'answer-unread'] as const;
const when = {
  ...fields({ kind: choice(playbookKinds, 'The chance to leave came to a higher level, the health into a lower band, a condition began, a clock of a recovery ran out, or nobody read an answer.') }, {
    condition: choice(conditions, 'Which condition.'), workingDays: count('Unread for so many working days.', 30),
  }),
  description: 'What it answers.',
} as const;

export const playbookTypes = [
  eventType({
    type: 'playbook.set', version: 1, internal: true,
    description: 'It was decided which tasks are made when something happens at a customer.',
    schema: fields({
      playbook, label: label('What it is called.'), when,
      tasks: { ...list({
        ...fields({ step: code('Its name within the playbook.'), what: label('What is to be done.'), dueInWorkingDays: count('Due so many working days later; 0 is the same day, or the next working day.', 250) }, {
          owner: code('Who is to do it; left out: who looks after the customer.'), hint: label('What to keep in mind, without names of persons.'),
        }),
        description: 'One task.',
      }, 'The tasks that it makes.', 10), minItems: 1 },
      reason,
    }, { segments: someOf('Only for customers of these segments.') }),
    check: ({ when: { kind, condition, workingDays }, tasks }) => [
      ...((kind === 'condition') === (condition !== undefined) ? [] : [{ path: ['when', 'condition'], message: 'a condition is named where one is answered, and nowhere else' }]),
      ...((kind === 'answer-unread') === (workingDays !== undefined) ? [] : [{ path: ['when', 'workingDays'], message: 'working days are named for unread answers, and nowhere else' }]),
      ...tasks.flatMap(({ step }, place) => (tasks.findIndex((other) => other.step === step) < place ? [{ path: ['tasks', String(place), 'step'], message: 'another task of the playbook has this name' }] : [])),
    ],
    example: {
      playbook: 'silence', label: 'Quiet customers', when: { kind: 'condition', condition: 'silence' }, segments: ['enterprise'],
      tasks: [{ step: 'call', what: 'Call and ask how it goes', dueInWorkingDays: 3, hint: 'Ask the payer, too' }], reason: 'Agreed with the team',
    },
  }),
  eventType({
    type: 'playbook.stopped', version: 1, internal: true,
    description: 'A playbook makes no more tasks; those that it has made stay.',
    schema: fields({ playbook, reason }),
    example: { playbook: 'silence', reason: 'Our quiet customers are well' },
  }),
] as const;
