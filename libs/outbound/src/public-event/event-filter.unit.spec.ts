import { expect, it } from '@jest/globals';
import { parseFilter } from './event-filter.js';

it('a filter is read as it is, and no filter is one that lets all pass', () => {
  const filter = { types: ['ticket.opened', 'insight.*', 'record.retracted', 'contact.erased', 'x-own.fact', 'x-own.*'], categories: ['journey', 'insight'], segments: ['mid-market'], customers: ['0190-af'] };
  expect(parseFilter(filter)).toEqual({ filter });
  expect([parseFilter(undefined), parseFilter(null), parseFilter({})]).toEqual([{ filter: {} }, { filter: {} }, { filter: {} }]);
});

it('all that is wrong with a filter is pointed at', () => {
  const pointers = (sent: unknown) => {
    const read = parseFilter(sent);
    return 'flaws' in read ? read.flaws.map(({ pointer }) => pointer) : null;
  };
  expect(pointers('ticket.opened')).toEqual(['']);
  expect(pointers(['ticket.opened'])).toEqual(['']);
  expect(pointers({ types: [], 'a/b': 1, categories: 'journey', customers: Array.from({ length: 101 }, () => 'c1') })).toEqual(['/types', '/a~1b', '/categories', '/customers']);
  expect(pointers({ types: ['ticket.opend', '*', 'ticket', 'clock.day-closed', 'scorecard.*', 7], categories: ['task'], segments: [''], customers: ['crm:C-1', 'c1'] }))
    .toEqual(['/types/0', '/types/1', '/types/2', '/types/3', '/types/4', '/types/5', '/categories/0', '/segments/0', '/customers/0']);
});
