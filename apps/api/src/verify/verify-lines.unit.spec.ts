import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { CannotVerify, type VerifyLine, type VerifyReport } from '#event-store';
import { lineByLine } from '../http/line-by-line.js';
import { verifyLines } from './verify-lines.js';

const difference = (tenant: string) => ({ projection: 'customers', generation: 1, table: 'customer_1', tenant, customer: 'c1', row: {}, columns: ['name'], stored: { name: 'Nord' }, folded: { name: 'Sued' }, failure: null });
const report: VerifyReport = {
  equal: false, seconds: 1, log: { events: 2, ids: 2, streams: 1, flaws: 2 }, directory: { aliases: 0, flaws: 0 }, projections: [],
  flaws: [{ check: 'ids', tenant: 'acme', says: 'acme/1' }, { check: 'ids', tenant: 'other', says: 'secret/1' }], differences: [difference('acme'), difference('other')],
};

async function said(lines: () => AsyncGenerator<VerifyLine>, stop = new AbortController().signal): Promise<any[]> {
  const found = [];
  const words = { stopped: 'It stopped.', again: 'Verify again.' };
  for await (const line of lineByLine(verifyLines(lines(), 'acme'), { requestId: 'r1', logger: pino({ level: 'silent' }), stop, words })) found.push(JSON.parse(line));
  return found;
}

it('shows values of the own tenant only, and counts everything', async () => {
  const [line] = await said(async function* () { yield { report }; });
  expect(line.report).toMatchObject({ equal: false, log: { flaws: 2 }, differences: [difference('acme'), { tenant: 'other', columns: ['name'], stored: {}, folded: {} }] });
  expect(JSON.stringify(line.report.differences[1])).not.toContain('Nord');
  expect(line.report.flaws.map(({ says }: { says: string }) => says)).toEqual(['acme/1', expect.not.stringContaining('secret')]);
});

it('ends in a problem when it cannot be done, breaks off, or the service is told to stop', async () => {
  const progress = { progress: { of: 'log', done: 1 } };
  expect(await said(async function* () { yield progress; throw new CannotVerify('Start a worker first.'); })).toMatchObject([progress, { problem: { code: 'not-ready', detail: expect.stringContaining('Start a worker first.') } }]);
  expect(await said(async function* () { yield progress; throw new TypeError('inside'); })).toMatchObject([progress, { problem: { code: 'internal', detail: expect.not.stringContaining('inside') } }]);
  const stopping = new AbortController();
  stopping.abort();
  expect(await said(async function* () { yield progress; }, stopping.signal)).toMatchObject([{ problem: { code: 'not-ready' } }]);
});
