import { expect, it } from '@jest/globals';
import * as insight from '#insight';
import { findType, type JourneyEvent, personalPaths } from '#journey';

// Runs in a copy of the project to which the example of EXTENDING.md was added; there the names below exist.
it('knows the new type, seals its note, and scores and explains the new measure', () => {
  expect(findType('training.held')).toMatchObject({ version: 1 });
  expect(personalPaths('training.held', 1)).toEqual([['note']]);
  const held: JourneyEvent = {
    source: 'lms', id: 't-1', position: '1.7', stream: { tenant: 'demo', category: 'customer', id: 'c1' }, revision: 0, type: 'training.held', version: 1,
    occurredAt: '2026-01-10T09:00:00.000Z', observedAt: '2026-01-10T09:00:00.000Z', recordedAt: '2026-01-10T09:00:00.000Z', witnessed: true,
    actor: { kind: 'system', id: 'lms' }, data: { topic: 'Reporting' },
  };
  const sheet = insight.foldEvents([held], insight.dayCounter('UTC'));
  const score = insight.scoreHealth(sheet, insight.firstScorecard, insight.dayOfDate('2026-08-23'));
  const measure = score.measures.find(({ id }) => id === 'training');
  expect(measure).toMatchObject({ status: 'known', value: 225, refs: [7] });
  expect(measure!.say).toMatch(/^225 days without training cost [\d.]+ points since 10 Jan/);
});
