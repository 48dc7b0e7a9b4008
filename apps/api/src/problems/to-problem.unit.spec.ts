import { expect, it } from '@jest/globals';
import { LogNotWhole } from '#event-store';
import { toProblem } from './to-problem.js';

it('answers that it is not ready, and when to ask again, while nothing may be appended', () => {
  expect(toProblem(new LogNotWhole('EventStoreDB has lost events.'))).toMatchObject({ code: 'not-ready', status: 503, extras: { headers: { 'retry-after': '2' } } });
});
