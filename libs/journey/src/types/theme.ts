import { eventType } from '../event-type.js';
import { code, fields, label, list } from '../shapes.js';

const theme = code('Id of the theme.');

export const themeTypes = [
  eventType({
    type: 'theme.set', version: 1, internal: true,
    description: 'Something that customers may complain of, and by which words it is told.',
    schema: fields({ theme, label: label('What people call it.'), words: list(label('A word in any form, or several as they follow each other.'), 'Whoever writes one of these speaks of it.') }, {
      categories: list(label('A category, as tickets have it.'), 'Tickets of these categories are about it.'),
    }),
    example: { theme: 'speed', label: 'Waiting and speed', words: ['slow', 'too long', 'three days'], categories: ['performance'] },
  }),
  eventType({
    type: 'theme.retired', version: 1, internal: true,
    description: 'Nothing is counted under this theme any more.',
    schema: fields({ theme }),
    example: { theme: 'speed' },
  }),
] as const;
