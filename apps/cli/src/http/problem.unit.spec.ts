import { expect, it } from '@jest/globals';
import { problemText } from './problem.js';

it('says what to do in words of the command line, not of HTTP', () => {
  expect(problemText({ code: 'report-unknown', status: 404, title: 'No such report was published', detail: 'No report 2026-Q3-9 was published.', remedy: 'GET /v1/reports lists them.' })).toMatch(/touchline report list/);
  const target = problemText({ code: 'not-found', status: 404, title: 'There is nothing at this address', detail: 'The report has no figure retentoin; it has retention.', remedy: 'Check the path and the id; GET /openapi.json lists every path.' });
  expect([target.includes('it has retention'), target.includes('openapi')]).toEqual([true, false]);
});
