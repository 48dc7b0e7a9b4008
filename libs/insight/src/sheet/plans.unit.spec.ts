import { describe, expect, it } from '@jest/globals';
import { foldEvents } from '../fold-events.js';
import { newsOf } from '../fact-sheet.js';
import { profileOf } from '../profile.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';

const call = fact('engagement.call-held', 9, { twoWay: true });

describe('What we plan', () => {
  it.each([
    ['a task that is set', fact('task.created', 1, { task: 't', what: 'Call', dueOn: ago(0) })], ['a task that is dropped', fact('task.dropped', 1, { task: 't', reason: 'no' })],
    ['a task that is put off', fact('task.snoozed', 1, { task: 't', until: ago(-3) })],
  ])('is no touch of the customer and no news: %s', (_, plan) => {
    const sheet = foldEvents([call, plan], utc);
    expect([profileOf(sheet, TODAY).lastTouch?.type, newsOf(sheet)]).toEqual(['engagement.call-held', TODAY - 9]);
  });

  it('is a touch once it is done, as is a customer that was put off by hand', () => {
    for (const done of [fact('task.done', 1, { task: 't', outcome: 'reached' }), fact('task.snoozed', 1, { list: 'today', until: ago(-3) })]) {
      const sheet = foldEvents([call, done], utc);
      expect([profileOf(sheet, TODAY).lastTouch?.type, newsOf(sheet)]).toEqual([done.type, TODAY - 1]);
    }
  });
});
