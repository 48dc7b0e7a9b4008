import { describe, expect, it } from '@jest/globals';
import { calendar, told } from '../testing/facts.js';
import { correctionWords } from './correction-words.js';

const story = told([44, 'ticket.opened', { ticket: 't' }], [38, 'invoice.issued', { invoice: 'i' }], [30, 'ticket.resolved', { ticket: 't' }]);
const words = (type: string, data: Record<string, unknown>, stream = story) => correctionWords(told([1, type, data])[0]!, stream, calendar);
const ref = (id: string) => ({ source: 'test', id });

describe('A correction in the timeline', () => {
  it('says what it corrected, of when, by whom and why', () => {
    expect(words('record.amended', { event: ref('e1'), data: {}, reason: 'Due day mistyped' })).toBe('“an invoice was issued” of 16 Oct was corrected by anna: Due day mistyped');
    expect(words('record.retracted', { events: [ref('e0')], reason: 'Wrong customer.' })).toBe('“a ticket was opened” of 10 Oct was taken back by anna: Wrong customer');
  });

  it('names several facts, a whole import, and what is not known here', () => {
    expect(words('record.retracted', { events: [ref('e0'), ref('e2'), ref('e1'), ref('e9')], reason: 'test' }))
      .toBe('“a ticket was opened” of 10 Oct and “a ticket was resolved” of 24 Oct and “an invoice was issued” of 16 Oct and 1 more were taken back by anna: test');
    const imported = story.map((event) => ({ ...event, importId: 'try-out' }));
    expect(words('record.retracted', { import: 'try-out', reason: 'only trying' }, imported)).toBe('3 facts of the import try-out were taken back by anna: only trying');
    expect(words('record.retracted', { events: [ref('e9')], reason: '' })).toBe('a fact that is not known here was taken back by anna');
  });
});
