import { eventType } from '../event-type.js';
import { choice, code, contactRef, count, fields, list, text, yesNo } from '../shapes.js';

/** Why a person's data was erased; codes, so that no text about the person can stand beside the certificate. */
export const erasureReasons = ['asked-by-person', 'consent-withdrawn', 'no-longer-needed', 'unlawful', 'other'] as const;

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
  eventType({
    type: 'contact.erased', version: 1, internal: true,
    description: "The person's key was destroyed, so that nobody can read the personal fields that it sealed: the certificate of an erasure.",
    schema: fields({
      contact,
      keys: list(code('Id of a key.'), 'The keys that were destroyed.'),
      reason: choice(erasureReasons, 'Why.'),
      facts: count("Facts of this customer that hold fields of the person.", 1e12),
      fields: count('Sealed fields in them that became unreadable.', 1e12),
      upTo: code('Position of the log up to which they were counted.'),
    }, { reference: code('Number of the case, as in a register of requests.') }),
    example: { contact: '8b1e4c1e-6f0d-8a5c-9d2e-3f4a5b6c7d8e', keys: ['5f0c1c3e-7a52-4b3a-9a10-0c8f1b2d3e4f'], reason: 'asked-by-person', facts: 3, fields: 5, upTo: '1.4711', reference: 'DSR-2026-114' },
  }),
] as const;
