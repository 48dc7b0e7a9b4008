import { eventType } from '../event-type.js';
import { choice, code, contactRef, fields, text, yesNo } from '../shapes.js';

const contact = contactRef('The person: our id, an id of another system, or an e-mail address.');
const role = choice(['payer', 'user', 'both'], 'Decides on the money, uses the service, or both.');
const sponsor = yesNo('Speaks for us inside the company.');
const persona = code('Type of person, as a key of ours.');

export const contactTypes = [
  eventType({
    type: 'contact.added', version: 1, person: 'contact',
    description: 'A person at the customer became known to us.',
    schema: fields({ contact, name: text('Name of the person.', 200), role }, {
      email: text('E-mail address.', 320), phone: text('Telephone number.', 50), title: text('Job title.', 200), sponsor, persona,
    }),
    example: { contact: { system: 'crm', id: 'P-2207' }, name: 'Ines Vogt', email: 'ines.vogt@otterbank.example', title: 'Head of IT', role: 'payer', sponsor: true },
  }),
  eventType({
    type: 'contact.role-changed', version: 1, person: 'contact',
    description: 'The part this person plays changed; fields that are left out stay as they were.',
    schema: { ...fields({ contact }, { role, sponsor, persona }), minProperties: 2 },
    example: { contact: { system: 'crm', id: 'P-2207' }, role: 'both', sponsor: false },
  }),
  eventType({
    type: 'contact.left', version: 1, person: 'contact',
    description: 'The person left the customer or no longer deals with us.',
    schema: fields({ contact }),
    example: { contact: { system: 'crm', id: 'P-2207' } },
  }),
] as const;
