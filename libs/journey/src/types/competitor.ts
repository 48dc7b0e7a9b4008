import { eventType } from '../event-type.js';
import { contactRef, fields, label, text } from '../shapes.js';

const competitor = label('Name of the competing company.');
const product = label('The product of ours, or part of it, that it would take the place of.');

export const competitorTypes = [
  eventType({
    type: 'competitor.mentioned', version: 1, person: 'contact',
    description: 'The customer spoke of a competitor.',
    schema: fields({ competitor }, { product, contact: contactRef('Who spoke of it.'), note: text('What was said.') }),
    example: { competitor: 'Brightfold', contact: { system: 'crm', id: 'P-2207' }, note: 'Their sister company moved there.' },
  }),
  eventType({
    type: 'competitor.evaluated', version: 1,
    description: 'The customer looks seriously at a competitor.',
    schema: fields({ competitor }, { product }),
    example: { competitor: 'Brightfold', product: 'Managed Workplace' },
  }),
] as const;
