import { createHash, generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { storyOfThree } from '../../api/src/openapi/testing/story-of-three.js';
import { startApi, type TestApi } from '../../api/src/testing/start-api.js';
import { touchline } from './testing.js';

const home = mkdtempSync(join(tmpdir(), 'log-export-'));
const whole = join(home, 'whole');
let api: TestApi;
let key: string;
const run = (...args: string[]) => touchline(['log', ...args], { url: api.url, key });
/** Without a server, as somebody else would. */
const check = (folder: string, ...args: string[]) => touchline(['log', 'verify-export', folder, ...args]);
const logOf = (folder: string) => readFileSync(join(folder, 'log.ndjson'), 'utf8');
const signedIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

beforeAll(async () => {
  api = await startApi();
  key = await api.key('auditor');
  await storyOfThree(api, await api.key('admin'));
  const facts = Array.from({ length: 2_500 }, (_, n) => ({ id: `t-${n}`, source: 'desk', type: 'usage.reported', customer: 'north', time: '2026-01-01T00:00:00Z', data: { from: '2026-01-01', to: '2026-02-01', active: n } })).map((fact) => JSON.stringify(fact)).join('\n');
  expect(await (await api.call(await api.key('ingest'), 'POST', '/v1/events/import?import=many', facts, { 'content-type': 'application/x-ndjson' })).text()).toMatch(/"appended":2500/);
  await api.call(await api.key('ingest', 'globex'), 'POST', '/v1/events', { id: '1', source: 'crm', type: 'customer.registered', customer: 'other', data: { name: 'Globex' } });
}, 60_000);
afterAll(async () => {
  await api.stop();
  rmSync(home, { recursive: true });
});

describe('touchline log export', () => {
  it('writes every event of the tenant and of nobody else, in order, sealed, with a manifest that independent arithmetic confirms', async () => {
    expect(await run('export', '--to', whole)).toMatchObject({ code: 0, out: expect.stringMatching(/^[\d,]+ events of acme after \d+\.0 up to /) });
    const [text, { manifest, signature, publicKey }] = [logOf(whole), signedIn(whole)];
    const events = text.trimEnd().split('\n').map((line) => JSON.parse(line));
    const rows = await api.connections.worker.transaction((sql) => sql.query<{ position: string; source: string; id: string; data: unknown }>(`select position, source, id, data from touchline.log where tenant = 'acme' order by position`));
    expect(events.map(({ position, source, id, data }) => ({ position, source, id, data }))).toEqual(rows.map(({ position, ...row }) => ({ ...row, position: Number(position) })));
    expect(manifest).toMatchObject({ tenant: 'acme', events: rows.length, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), last: `${manifest.epoch}.${rows.at(-1)!.position}`, software: '0.1.0' });
    expect(text).not.toMatch(/Kim Lee|kim@example|Nothing prints|Globex/);
    const raw = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') }, format: 'jwk' });
    expect(verify(null, Buffer.from(canonicalize(manifest)!), raw, Buffer.from(signature, 'base64'))).toBe(true);
    expect(await (await api.call(key, 'GET', '/v1/log/export/key')).json()).toEqual({ algorithm: 'ed25519', publicKey });
    expect(existsSync(join(whole, 'unfinished.json'))).toBe(false);
    expect((await run('export', '--to', whole)).err).toContain('There is a whole export');
  }, 60_000);

  it('goes on where it was broken off, within a line too, and the file is the same', async () => {
    const folder = join(home, 'broken');
    cpSync(whole, folder, { recursive: true });
    const { manifest } = signedIn(folder);
    for (const kept of [Math.floor(manifest.bytes / 2), 3, 0]) {
      rmSync(join(folder, 'manifest.json'), { force: true });
      writeFileSync(join(folder, 'unfinished.json'), JSON.stringify({ from: manifest.from, to: manifest.to }));
      truncateSync(join(folder, 'log.ndjson'), kept);
      expect((await check(folder)).err).toContain('is not finished');
      expect(await run('export', '--to', folder)).toMatchObject({ code: 0, err: expect.stringContaining('Going on after') });
      expect(logOf(folder)).toBe(logOf(whole));
    }
  }, 60_000);

  it('is for auditors, admins and operators', async () => {
    for (const role of ['executive', 'ingest', 'subscriber', 'analyst', 'csm'] as const) expect((await api.call(await api.key(role), 'GET', '/v1/log/export')).status).toBe(403);
    for (const role of ['admin', 'operator'] as const) expect((await api.call(await api.key(role), 'HEAD', '/v1/log/export')).headers.get('x-log-to')).toMatch(/^\d+\.\d+$/);
  });

  it('answers a range as it is, and a position of another life, or that was never given out, with 410', async () => {
    const { manifest } = signedIn(whole);
    const lines = logOf(whole).trimEnd().split('\n');
    const at = (index: number) => `${manifest.epoch}.${JSON.parse(lines[index]!).position}`;
    const part = await api.call(key, 'GET', `/v1/log/export?from=${at(9)}&to=${at(19)}`);
    expect([await part.text(), part.headers.get('x-log-from'), part.headers.get('x-log-to')]).toEqual([lines.slice(10, 20).map((line) => `${line}\n`).join(''), at(9), at(19)]);
    const refused = async (query: string) => { const answer = await api.call(key, 'GET', `/v1/log/export${query}`); return [answer.status, (await answer.json() as any).code]; };
    expect(await refused(`?from=${manifest.epoch + 7}.1`)).toEqual([410, 'foreign-epoch']);
    expect(await refused(`/manifest?from=${manifest.epoch + 7}.1`)).toEqual([410, 'foreign-epoch']);
    expect(await refused(`?from=${at(19)}&to=${at(9)}`)).toEqual([400, 'invalid-parameter']);
    expect(await refused('?from=x')).toEqual([400, 'invalid-parameter']);
    expect(await refused(`?to=${manifest.epoch}.999999999`)).toEqual([410, 'foreign-epoch']);
  });

  it('skips nothing while writers write, and what they write is behind its end', async () => {
    const ingest = await api.key('ingest');
    let going = true;
    const writer = async (name: string) => {
      for (let n = 0; going; n++) await api.call(ingest, 'POST', '/v1/events', { id: `${name}-${n}`, source: 'writer', type: 'usage.reported', customer: `w-${name}`, data: { from: '2026-01-01', to: '2026-02-01', active: n } });
    };
    const writers = ['a', 'b', 'c', 'd'].map(writer);
    try {
      for (let round = 0; round < 3; round++) {
        const folder = join(home, `writing-${round}`);
        expect((await run('export', '--to', folder)).code).toBe(0);
        const { manifest } = signedIn(folder);
        const rows = await api.connections.worker.transaction((sql) => sql.query<{ position: string }>(`select position from touchline.log where tenant = 'acme' and position <= $1 order by position`, [manifest.to.split('.')[1]]));
        expect(logOf(folder).trimEnd().split('\n').map((line) => JSON.parse(line).position)).toEqual(rows.map(({ position }) => Number(position)));
      }
    } finally {
      going = false;
      await Promise.all(writers);
    }
  }, 60_000);
});

describe('touchline log verify-export', () => {
  const changed = (change: (lines: string[], signed: any) => { lines?: string; signed?: any }) => {
    const folder = mkdtempSync(join(home, 'changed-'));
    const signed = signedIn(whole);
    const { lines = logOf(whole), signed: other = signed } = change(logOf(whole).trimEnd().split('\n'), structuredClone(signed));
    writeFileSync(join(folder, 'log.ndjson'), lines);
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(other));
    return folder;
  };
  const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  const resigned = (signed: any, more: object) => {
    const pair = generateKeyPairSync('ed25519');
    const manifest = { ...signed.manifest, ...more };
    return { manifest, publicKey: Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64'), signature: sign(null, Buffer.from(canonicalize(manifest)!), pair.privateKey).toString('base64') };
  };

  it('says that one is whole, by the key that is named', async () => {
    const { publicKey } = signedIn(whole);
    expect(await check(whole)).toMatchObject({ code: 0, out: expect.stringMatching(/^The export is whole: .*\n.*nobody has checked/) });
    expect(await check(whole, '--public-key', publicKey)).toMatchObject({ code: 0, out: expect.stringContaining('the key that you named') });
    expect(await check(join(home, 'nowhere'))).toMatchObject({ code: 2, err: expect.stringContaining('is not there') });
  });

  const forgeries: [string, RegExp, Parameters<typeof changed>[0]][] = [
    ['a changed byte', /SHA-256/, (lines) => ({ lines: joined(lines).replace('"active":7', '"active":8') })],
    ['a removed line', /Events: the manifest says/, (lines) => ({ lines: joined(lines.toSpliced(5, 1)) })],
    ['a removed last line', /Last event/, (lines) => ({ lines: joined(lines.slice(0, -1)) })],
    ['a doubled line', /Line 7: it does not stand behind/, (lines) => ({ lines: joined(lines.toSpliced(5, 0, lines[5]!)) })],
    ['two lines the other way round', /Line 7: it does not stand behind/, (lines) => ({ lines: joined(lines.toSpliced(5, 2, lines[6]!, lines[5]!)) })],
    ['a truncated file', /The last line is cut off/, (lines) => ({ lines: joined(lines).slice(0, -5) })],
    ['an empty file', /Bytes: .* has 0/, () => ({ lines: '' })],
    ['a line that is no event', /Line 3: it is no event/, (lines) => ({ lines: joined(lines.with(2, '{}')) })],
    ['a manifest with another count', /Signature/, (_, signed) => ({ signed: { ...signed, manifest: { ...signed.manifest, events: 1 } } })],
    ['another signature', /Signature/, (_, signed) => ({ signed: { ...signed, signature: Buffer.alloc(64).toString('base64') } })],
    ['another key', /Signature/, (_, signed) => ({ signed: { ...signed, publicKey: resigned(signed, {}).publicKey } })],
    ['no key', /Signature/, (_, signed) => ({ signed: { ...signed, publicKey: '' } })],
    ['another format', /format/, (_, signed) => ({ signed: { ...signed, manifest: { ...signed.manifest, format: 'x' } } })],
  ];
  it.each(forgeries)('tells %s', async (_, said, change) => {
    expect(await check(changed(change))).toMatchObject({ code: 1, out: expect.stringMatching(said) });
  });

  it('tells what somebody else signed, by the key that is named, also where all else fits', async () => {
    const { publicKey } = signedIn(whole);
    const forged = changed((lines, signed) => {
      const text = joined(lines.toSpliced(5, 1));
      return { lines: text, signed: resigned(signed, { events: lines.length - 1, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }) };
    });
    expect((await check(forged)).code).toBe(0);
    expect(await check(forged, '--public-key', publicKey)).toMatchObject({ code: 1, out: expect.stringContaining('Key: it is signed with') });
  });
});
