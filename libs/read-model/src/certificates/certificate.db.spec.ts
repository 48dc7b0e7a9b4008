import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstScorecard } from '#insight';
import { canonical } from '#journey';
import { getHealth } from '../health/get-health.js';
import { openReadModel, SCORED, tenant } from '../testing/open-read-model.js';
import { type Certificate, ownDigest } from './certificate.js';
import { checkCertificate } from './check-certificate.js';
import { getCertificate, getCertificateEvents } from './get-certificate.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
let folder: string;
beforeAll(async () => {
  house = await openReadModel();
  folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  await house.tell('c1', ['customer.registered', { name: 'Nordlicht', segment: 'mid-market' }], ['contact.added', { contact: 'p1', role: 'payer', name: await house.sealed('p1', '/name', 'Petra Person') }], ...SCORED);
});
afterAll(() => house.close());

const of = (customer: string, more = {}) => ({ tenant, customer, ...more });
const certify = (more = {}) => getCertificate(house.model(), of('c1', more));
const check = (certificate: Certificate) => checkCertificate(house.model(), { tenant, certificate });
const sealed = (certificate: Certificate): Certificate => ({ ...certificate, digest: ownDigest(certificate) });

/** What a program says that knows only CERTIFICATE.md. */
function elsewhere(certificate: Certificate, lines: readonly string[]): string {
  const [proof, events] = ['certificate.json', 'events.ndjson'].map((name) => join(folder, name));
  writeFileSync(proof!, JSON.stringify(certificate));
  writeFileSync(events!, lines.map((line) => `${line}\n`).join(''));
  try {
    return execFileSync(process.execPath, ['test/fixtures/certificates/recompute.mjs', proof!, events!], { encoding: 'utf8' }).trim();
  } catch (error) {
    return (error as { stdout: string }).stdout.trim();
  }
}

describe('A certificate', () => {
  it('has the figures of the health that it proves, the same each time, and nothing personal', async () => {
    const certificate = await certify({ list: true });
    const health = await getHealth(house.model(), of('c1', { asOf: certificate.asOf, knownAt: certificate.knownAt }));
    expect(certificate).toMatchObject({
      tenant, customer: 'c1', members: ['c1'], timeZone: 'Europe/Berlin', arithmetic: health.arithmetic, card: { id: 'first-scorecard', version: firstScorecard.version },
      figures: { score: health.score, band: health.band, bandYesterday: health.bandYesterday, coverage: health.coverage, knowledge: 'witnessed' },
    });
    expect(certificate.figures.score).toBeGreaterThan(0);
    expect(certificate.figures.lines.some(({ id }) => id === 'ceiling')).toBe(true);
    expect(certificate.figures.lines.map(({ id, points }) => [id, points])).toEqual(health.measures.map(({ id, points }) => [id, points]));
    const { asOf, knownAt, position } = certificate;
    expect(await certify({ asOf, knownAt, position, list: true })).toEqual(certificate);
    const { list: _, ...counted } = certificate.events;
    expect(await certify({ asOf, knownAt, position })).toEqual({ ...certificate, events: counted });
    expect(canonical([certificate, await getCertificateEvents(house.model(), of('c1'))])).not.toContain('Petra');
  });

  it('is recomputed by another program from the export of its events, which notices a changed, a missing and an added one', async () => {
    const certificate = await certify({ list: true });
    const { asOf, knownAt, position } = certificate;
    const lines = await getCertificateEvents(house.model(), of('c1', { asOf, knownAt, position }));
    expect(lines).toHaveLength(SCORED.length + 2);
    expect(elsewhere(certificate, lines)).toBe(`holds: ${lines.length} events`);
    expect(elsewhere(certificate, lines.slice(1))).toContain('number of events');
    expect(elsewhere(certificate, [...lines, lines[0]!])).toContain('chain');
    expect(elsewhere(certificate, lines.map((line) => line.replace('mid-market', 'enterprise')))).toMatch(/^chain/);
    expect(elsewhere({ ...certificate, figures: { ...certificate.figures, score: 99 } }, lines)).toContain('sum of the lines');
    const otherValue = certificate.figures.lines.map((line) => (line.id === 'licence-use' ? { ...line, value: 33 } : line));
    expect(elsewhere({ ...certificate, figures: { ...certificate.figures, lines: otherValue } }, lines)).toContain('points of licence-use');
  });

  it('holds whatever is told later, and up to an earlier position stands on what was there', async () => {
    const before = await certify();
    const at = await house.tell('c1', ['ticket.resolved', { ticket: 'T1' }]);
    expect(await check(before)).toMatchObject({ holds: true, digest: before.digest, differences: [] });
    const after = await certify();
    expect(after.events).toMatchObject({ count: before.events.count + 1 });
    expect(after.position).toBe(at);
    expect(await certify({ asOf: before.asOf, knownAt: before.knownAt, position: before.position })).toEqual(before);
    expect(await check(after)).toMatchObject({ holds: true });
  });

  it('takes as one who was known to be one then and stood in the log', async () => {
    await house.tell('m1', ['ticket.opened', { ticket: 'M' }]);
    await house.tell('m2', ['customer.registered', { name: 'Two' }]);
    const apart = await getCertificate(house.model(), of('m2'));
    await house.tell('m1', ['customer.merged', { into: 'm2' }]);
    const together = await getCertificate(house.model(), of('m1'));
    expect([apart.members, together.customer, together.members, together.events.count]).toEqual([['m2'], 'm2', ['m2', 'm1'], 3]);
    expect([(await check(apart)).holds, (await check(together)).holds]).toEqual([true, true]);
    const lines = await getCertificateEvents(house.model(), of('m1', { position: together.position }));
    expect(elsewhere(together, lines)).toBe('holds: 3 events');
    expect((await check(sealed({ ...together, members: ['m2'] }))).differences).toMatchObject([{ part: 'members', say: 'The certificate is of m2; by what was known then it is m2, m1 who are one.' }]);
  });

  it('refuses a position that the log has not reached', async () => {
    await expect(certify({ position: '1.999999' })).rejects.toMatchObject({ code: 'not-yet-visible' });
    await expect(certify({ position: '9.1' })).rejects.toThrow('another life of this log');
  });
});

describe('A certificate that does not hold is told what differs', () => {
  const says = async (certificate: Certificate) => (await check(certificate)).differences.map(({ part, say }) => `${part}: ${say}`);

  it('where it was altered: by its digest, and where that was made anew, by the figures', async () => {
    const certificate = await certify();
    const better = { ...certificate, figures: { ...certificate.figures, score: 88, band: 'healthy' as const } };
    expect(await says(better)).toContain('certificate: The certificate was altered after it was made: its digest is not that of what it says.');
    expect(await says(sealed(better))).toEqual([`figures: score: the certificate says 88, the log gives ${certificate.figures.score}.`, `figures: band: the certificate says healthy, the log gives ${certificate.figures.band}.`]);
    expect(await check(sealed(better))).toMatchObject({ holds: false });
  });

  it('where card, arithmetic, tenant, zone, format or position are others', async () => {
    const certificate = await certify();
    const { card } = certificate;
    expect(await says(sealed({ ...certificate, card: { ...card, digest: '0'.repeat(64) } }))).toEqual(['card: The card first-scorecard version 1 is not what it was.']);
    expect(await says(sealed({ ...certificate, arithmetic: '0' }))).toEqual([expect.stringContaining('of arithmetic 0, which cannot be called any more; this release has 1')]);
    expect(await says(sealed({ ...certificate, tenant: 'globex' }))).toEqual(['certificate: The certificate is of another tenant than the key.']);
    expect(await says(sealed({ ...certificate, timeZone: 'UTC' }))).toEqual(['time-zone: Days end by UTC in the certificate, and by Europe/Berlin for the tenant.']);
    expect(await says(sealed({ ...certificate, format: 'other/1' }))).toEqual([expect.stringContaining('not of other/1')]);
    expect(await says(sealed({ ...certificate, position: '1.999999' }))).toEqual([expect.stringMatching(/^log: The log is final up to .* later state/)]);
    expect(await says(sealed({ ...certificate, position: '9.999999' }))).toEqual([expect.stringMatching(/^log: The log was restored to an earlier state/)]);
  });

  it('where the log was changed behind our back: which event, if it was made with the list, else that one did', async () => {
    await house.tell('c3', ['customer.registered', { name: 'Three' }], ...SCORED);
    const full = await getCertificate(house.model(), of('c3', { list: true }));
    const short = await getCertificate(house.model(), of('c3'));
    expect((await check(full)).holds).toBe(true);
    const [, ticket] = full.events.list!.slice(3);
    await house.owner(`set session_replication_role = replica; update touchline.log set data = jsonb_set(data::jsonb, '{ticket}', '"T9"')::json where position = ${ticket!.position}`);
    expect(await says(full)).toContainEqual(expect.stringMatching(`^events: The event at position ${ticket!.position}, ticket.opened .*, is not what it was\\.$`));
    expect(await says(short)).toContainEqual(expect.stringContaining(`as many events, ${short.events.count}, but not the same`));
    await house.owner(`set session_replication_role = replica; delete from touchline.log where position = ${ticket!.position}`);
    expect(await says(full)).toContainEqual(`events: The event at position ${ticket!.position} is missing from the log.`);
    expect(await says(short)).toContainEqual(expect.stringContaining(`${short.events.count - 1} events where the certificate counts ${short.events.count}`));
  });
});
