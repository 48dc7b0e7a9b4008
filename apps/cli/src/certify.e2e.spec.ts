import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../api/src/testing/start-api.js';
import { storyOfThree } from '../../api/src/openapi/testing/story-of-three.js';
import { touchline } from './testing.js';

describe('touchline certify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'certify-'));
  const [proof, events, altered] = ['proof.json', 'events.ndjson', 'altered.json'].map((name) => join(folder, name)) as [string, string, string];
  const moment = ['--as-of', '2025-04-03'];
  let api: TestApi;
  let key: string;
  const run = (...args: string[]) => touchline(['certify', ...args], { url: api.url, key });

  beforeAll(async () => {
    api = await startApi();
    key = await api.key('executive');
    await storyOfThree(api, await api.key('admin'));
  }, 60_000);
  afterAll(() => api.stop());

  it('writes a certificate and its events, from which another program gets the same, and nothing personal', async () => {
    const { code, out, err } = await run('north', ...moment, '--list', '--out', proof, '--events', events);
    expect([code, err]).toEqual([0, '']);
    const certificate = JSON.parse(readFileSync(proof, 'utf8'));
    expect(certificate.figures).toMatchObject({ band: expect.not.stringMatching('unknown'), score: expect.any(Number) });
    expect(out.split('\n')).toEqual([
      `north  ${certificate.figures.band} ${certificate.figures.score}, as of 2025-04-03T23:59:59.999Z, known at ${certificate.knownAt}`,
      `  from 21 events up to position ${certificate.position}, by first-scorecard version 1`, `  digest ${certificate.digest}`,
      `  the certificate is in ${proof}; check it with: npx touchline certify --check ${proof}`, `  its events are in ${events}`,
    ]);
    expect(readFileSync(events, 'utf8').trim().split('\n')).toHaveLength(21);
    expect(readFileSync(events, 'utf8')).not.toMatch(/Kim Lee|kim@example|Lou Gone|Nothing prints|Still broken/);
    expect(execFileSync(process.execPath, ['test/fixtures/certificates/recompute.mjs', proof, events], { encoding: 'utf8' })).toBe('holds: 21 events\n');
  });

  it('checks it: true, also after a person was erased; or what differs, and exit code 1', async () => {
    expect(await run('--check', proof)).toMatchObject({ code: 0, out: expect.stringMatching(/^true\nThe certificate holds/) });
    await api.call(await api.key('admin'), 'POST', '/v1/contacts/kim/erase', { reason: 'asked-by-person', reference: 'DSR-2' });
    expect(JSON.parse((await run('--check', proof, '--json')).out)).toMatchObject({ holds: true, differences: [] });
    const certificate = JSON.parse(readFileSync(proof, 'utf8'));
    writeFileSync(altered, JSON.stringify({ ...certificate, figures: { ...certificate.figures, score: 88 } }));
    expect(await run('--check', altered)).toMatchObject({ code: 1, out: [
      'false', 'The certificate does not hold: 2 things differ.', '  The certificate was altered after it was made: its digest is not that of what it says.', `  score: the certificate says 88, the log gives ${certificate.figures.score}.`].join('\n') });
    expect((await touchline(['certify', '--check', proof], { url: api.url, key: await api.key('executive', 'globex') })).out).toContain('The certificate is of another tenant than the key.');
  });

  it('says of which parts one is short, and names what it has too much, before it is held against the log', async () => {
    const certificate = JSON.parse(readFileSync(proof, 'utf8'));
    const check = async (more: object) => {
      const answer = await api.call(key, 'POST', '/v1/certificates/checks', { ...certificate, ...more });
      const { code, errors } = await answer.json() as { code: string; errors: { pointer: string; detail: string }[] };
      return [answer.status, answer.headers.get('content-type'), code, errors.map(({ pointer }) => pointer), errors.some(({ detail }) => detail.includes('undefined'))];
    };
    const refused = (...pointers: string[]) => [422, expect.stringContaining('application/problem+json'), 'invalid-body', pointers, false];
    const { digest } = certificate.card;
    expect(await check({ card: { digest } })).toEqual(refused('/card/id', '/card/version'));
    expect(await check({ card: undefined, events: {} })).toEqual(refused('/events/count', '/events/chain', '/card'));
    expect(await check({ figures: { ...certificate.figures, bandYesterday: undefined, lines: [{ id: 'pulse' }] } })).toEqual(
      refused('/figures/bandYesterday', ...['group', 'status', 'value', 'points', 'maxPoints'].map((name) => `/figures/lines/0/${name}`)));
    expect(await check({ cards: { rules: [{}], full: [1] } })).toEqual(refused('/cards/rules/0/when', '/cards/rules/0/card', '/cards/otherwise', '/cards/full'));
    expect(await check({ events: { ...certificate.events, list: [{ position: 1 }] } })).toEqual(refused('/events/list'));
    expect(await check({ figures: { ...certificate.figures, audited: 'by KPMG' } })).toEqual(refused('/figures/audited'));
  });

  it('says what it is of where an override holds', async () => {
    const admin = await api.key('admin');
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { position } = await (await api.call(admin, 'POST', '/v1/customers/north/override', { score: 30, reason: 'Their boss left', until })).json() as { position: string };
    await api.call(admin, 'GET', `/v1/customers?minPosition=${position}`);
    const told = `  The certificate is of what is computed. What counts is an override to 30 (at-risk) until ${until}: "Their boss left".`;
    const { code, out } = await run('north', '--out', proof);
    expect([code, out.split('\n').at(-1)]).toEqual([0, told]);
    const { out: text, err } = await run('north');
    expect(err).toBe(told);
    expect(JSON.parse(text).figures.score).not.toBe(30);
    expect((await run('north', ...moment, '--out', proof)).out).not.toContain('override');
    expect(await run('--check', proof)).toMatchObject({ code: 0 });
  });

  it('says what is wrong with the line, the file or the customer', async () => {
    expect((await run()).err).toContain('Name a customer to certify, or a file to check');
    expect((await run('north', '--check', proof)).err).toContain('Name a customer to certify, or a file to check');
    expect((await run('--check', join(folder, 'none.json'))).err).toContain('holds no certificate');
    writeFileSync(altered, '{"format": "x"}');
    expect(await run('--check', altered)).toMatchObject({ code: 1, err: expect.stringContaining('invalid-body') });
    expect((await run('nobody')).err).toContain('No customer has the id or the name "nobody"');
    expect((await run('north', '--position', '1.99999')).err).toContain('not-yet-visible');
    expect((await run('north', '--out', join(folder, 'no', 'where.json'))).err).toContain('cannot be written');
    expect((await run('north', '--events', join(folder, 'no', 'where.ndjson'))).err).toContain('cannot be written');
  });
});
