import { erasureReasons } from '#journey';
import { choice, count, instant, list, position, record, ref, type Schema, text, yesNo } from '../schema.js';

const contact = text('Our id of the person.');
const erasedAt = instant('When the key was destroyed.');
const reason = choice(erasureReasons, 'Why.');
const reference = text('Number of the case.');

const certificate = {
  contact, keys: list(text('Id of a key.', { format: 'uuid' }), 'The keys that were destroyed.'), erasedAt, actor: ref('Actor', 'Who asked for it first.'), reason,
  facts: count('Facts that hold fields of the person.'), fields: count('Sealed fields in them that became unreadable.'), upTo: position('Position of the log up to which they were counted.'),
  customers: list(record('One of them.', { customer: text('Our id of the customer.'), facts: count('Of this customer.'), fields: count('Of this customer.') }), 'Customers who know the person; each has the certificate in its stream.'),
};

export const erasureSchemas: Readonly<Record<string, Schema>> = {
  Erasure: record('That a person was erased. Holds nothing personal.', certificate, { reference }),
  Erased: record('The certificate of who was named, and what this call found of them under other names.', certificate, {
    reference,
    together: list(ref('Erasure'), 'The certificates of other names of the person, erased as well: addresses that facts gave of them and of nobody else, and everybody who had the address by which they were named.'),
    sharing: list(text('Our id of a person.'), 'Others who share an e-mail address with the person. They stay readable; erasing the address erases them all.'),
  }),
  Erasures: record('Everybody who was erased.', { erasures: list(record('One person.', { contact, erasedAt, reason, certified: yesNo('False when it was cut short; erasing again finishes it.') }, { reference }), 'Earliest first.') }),
};
