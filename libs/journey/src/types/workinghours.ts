import { eventType } from '../event-type.js';
import { code, day, fields, label, list } from '../shapes.js';
import { weekFlaws } from '../working-time/calendar.js';
import { isZone } from '../working-time/wall-clock.js';

const time = { type: 'string', pattern: '^\\d{2}:\\d{2}$', maxLength: 5, description: 'On the clock on the wall; 24:00 is the end of the day.' } as const;
const spans = (name: string) => list({ type: 'array', minItems: 2, maxItems: 2, items: time, description: 'From and to.' } as const, `The spans of each ${name}, in order; none: it is free.`, 10);

export const workinghoursTypes = [
  eventType({
    type: 'workinghours.set', version: 1, internal: true,
    description: 'It was decided when we work: clocks run only then.',
    schema: fields({
      week: {
        ...fields({}, {
          monday: spans('Monday'), tuesday: spans('Tuesday'), wednesday: spans('Wednesday'), thursday: spans('Thursday'), friday: spans('Friday'), saturday: spans('Saturday'), sunday: spans('Sunday'),
        }),
        description: 'The usual week; a weekday left out is free.',
      },
      holidays: list(day('A day on which nobody works.'), 'Days on which nobody works.', 1_000), reason: label('Why, in a few words without names of persons.'),
    }, { timeZone: code('Whose clock on the wall counts, such as Europe/Berlin; left out: that of the tenant.') }),
    check: ({ week, timeZone }) => [
      ...weekFlaws(week),
      ...(timeZone !== undefined && !isZone(timeZone) ? [{ path: ['timeZone'], message: `"${timeZone}" is not a time zone; a time zone looks like Europe/Berlin` }] : []),
    ],
    example: { week: { monday: [['08:00', '12:00'], ['13:00', '18:00']], tuesday: [['08:00', '18:00']] }, holidays: ['2026-12-25', '2026-12-26'], reason: 'The hours of the service desk', timeZone: 'Europe/Berlin' },
  }),
] as const;
