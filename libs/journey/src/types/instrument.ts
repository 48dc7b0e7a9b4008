import { eventType } from '../event-type.js';
import { choice, code, count, fields, label, number, yesNo } from '../shapes.js';
import { flawsOfScale } from './scale.js';

const id = code('Id of the instrument.');
const end = (description: string) => number(description, -1000, 1000);
const MOST_ANSWERS = 11;

const instrumentSchema = fields({
  id, version: count('Its version, from 1.', 1_000_000), name: label('Name of the questionnaire.'),
  kind: choice(['nps', 'csat', 'ces', 'xla', 'custom'], 'What kind of question it is.'),
  min: end('Worst answer possible, a whole number.'), max: end('Best answer possible, at most 10 more.'),
  question: label('What is asked, as the person reads it.'), worst: label('What the worst answer means.'), best: label('What the best answer means.'),
  bar: end('An answer below this is a miss, which opens a recovery.'), excellentFrom: end('An answer from here on is excellent; less is not.'),
  asksLostTime: yesNo('Also asks how many minutes of work were lost.'), commentPrompt: label('What the box for words asks for.'),
  subject: choice(['service', 'product', 'support', 'relationship'], 'What the question is about.'),
});

export const instrumentTypes = [
  eventType({
    type: 'instrument.published', version: 1, internal: true,
    description: 'A question with its scale can be asked from now on; what was asked with an earlier version keeps the scale of that one.',
    schema: instrumentSchema,
    check: (instrument) => {
      const { min, max } = instrument;
      const uneven = [['min', min], ['max', max]].flatMap(([name, value]) => (Number.isInteger(value) ? [] : [{ path: [String(name)], message: `the ends of a scale are whole numbers, and ${value} is none` }]));
      return [...flawsOfScale(instrument), ...uneven, ...(max - min >= MOST_ANSWERS ? [{ path: ['max'], message: `from ${min} to ${max} there are more than ${MOST_ANSWERS} answers to choose from` }] : [])];
    },
    example: {
      id: 'after-ticket', version: 2, name: 'After a ticket', kind: 'csat', min: 1, max: 5, question: 'How content are you with how we solved your request?', worst: 'Not at all', best: 'Very',
      bar: 4, excellentFrom: 5, asksLostTime: false, commentPrompt: 'What should we do better?', subject: 'support',
    },
  }),
  eventType({
    type: 'instrument.retired', version: 1, internal: true,
    description: 'A question is asked no more; answers to it stay.',
    schema: fields({ id }, { reason: label('Why, in a few words without names of persons.') }),
    example: { id: 'after-ticket', reason: 'Too few answered' },
  }),
] as const;
