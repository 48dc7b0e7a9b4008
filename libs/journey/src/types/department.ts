import { eventType } from '../event-type.js';
import { code, count, fields, label } from '../shapes.js';

const department = code('Id of the department.');

export const departmentTypes = [
  eventType({
    type: 'department.set', version: 1, internal: true,
    description: 'A department that gets feedback of customers, and how it does so from now on.',
    schema: fields({
      department, name: label('What people call it.'), owner: code('Who answers for it: our own id of the person.'), answerWithinHours: count('Working hours within which it is to answer what was sent to it.', 10_000),
    }),
    example: { department: 'product', name: 'Product management', owner: 'ilka', answerWithinHours: 40 },
  }),
  eventType({
    type: 'department.retired', version: 1, internal: true,
    description: 'A department gets no feedback any more.',
    schema: fields({ department }),
    example: { department: 'product' },
  }),
] as const;
