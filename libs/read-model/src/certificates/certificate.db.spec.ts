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

/** A certificate with one thing other than it was, for each thing in it: every value, every list, and a field more in every object. What makes it one of another moment is left as it is. */
function forgeries(certificate: Certificate): [what: string, forged: Certificate][] {
  const found: [string, Certificate][] = [];
  const at = (path: readonly (string | number)[], change: (value: any) => unknown) => {
    const forged = structuredClone(certificate) as any;
    const inside = path.slice(0, -1).reduce((value, step) => value[step], forged);
    inside[path.at(-1)!] = change(inside[path.at(-1)!]);
    found.push([`${path.join('/')} ${change.name}`, forged]);
  };
  const more = (value: object) => ({ ...value, more: 1 });
  const shorter = (list: unknown[]) => list.slice(0, -1);
  const longer = (list: unknown[]) => [...list, structuredClone(list[0])];
  const turned = (list: unknown[]) => list.toReversed();
  const other = (value: unknown) => (typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : value === null ? 0 : `${value as string}x`);
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (['digest', 'asOf', 'knownAt', 'position'].includes(path.join('/'))) return;
    if (typeof value !== 'object' || value === null) return void at(path, other);
    if (!Array.isArray(value)) {
      if (path.length > 0) at(path, more);
      return Object.entries(value).forEach(([name, inner]) => walk(inner, [...path, name]));
    }
    for (const change of value.length > 1 ? [shorter, longer, turned] : value.length === 1 ? [longer] : []) at(path, change);
    // The first and the last of a list stand for those between.
    [...new Set([0, value.length - 1])].filter((place) => place in value).forEach((place) => walk(value[place], [...path, place]));
  };
  walk(certificate, []);
  return [...found, ['more', { ...certificate, more: 1 } as Certificate], ['heldAt', { ...certificate, heldAt: 1 }]];
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
    const { events, figures } = certificate;
    const list = events.list!;
    for (const [forged, said] of [
      [{ events: { ...events, list: [...list].reverse() } }, 'list of events'], [{ events: { ...events, list: [] } }, 'list of events'],
      [{ events: { ...events, list: list.map(({ position: at, digest }) => ({ position: at + 100_000, digest })) } }, 'list of events'], [{ events: { ...events, list: list.map((one) => ({ ...one, digest: 'f'.repeat(64) })) } }, 'list of events'],
      [{ figures: { ...figures, lines: [...figures.lines, { ...figures.lines[0]!, points: 0 }] } }, 'are not what stands after the measures'],
      [{ figures: { ...figures, lines: figures.lines.toReversed() } }, 'lines of the measures'], [{ figures: { ...figures, risk: 0.01 } }, 'figures has risk'],
      [{ events: { ...events, note: 'x' } }, 'events has note'], [{ audited: 'by KPMG' }, 'the certificate has audited'], [{ knownAt: '2999-01-01T00:00:00.000Z' }, 'nobody knows yet'], [{ asOf: '2999-01-01T00:00:00.000Z' }, 'has not come'],
    ] as const) expect(elsewhere(sealed({ ...certificate, ...forged } as Certificate), lines)).toContain(said);
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
    await new Promise((wake) => setTimeout(wake, 5));
    await house.tell('m1', ['customer.merged', { into: 'm2' }]);
    const together = await getCertificate(house.model(), of('m1'));
    expect([apart.members, together.customer, together.members, together.events.count]).toEqual([['m2'], 'm2', ['m2', 'm1'], 3]);
    expect([(await check(apart)).holds, (await check(together)).holds]).toEqual([true, true]);
    expect((await getCertificate(house.model(), of('m2', { knownAt: together.knownAt, position: apart.position }))).members).toEqual(['m2']);
    const lines = await getCertificateEvents(house.model(), of('m1', { position: together.position }));
    expect(elsewhere(together, lines)).toBe('holds: 3 events');
    expect((await check(sealed({ ...together, members: ['m2'] }))).differences).toMatchObject([{ part: 'members', say: 'The certificate is of m2; by what was known then it is m2, m1 who are one.' }]);
  });

  it('is by the cards that were in force and known then, whatever is published later', async () => {
    const before = await certify();
    const strict = { ...firstScorecard, id: 'strict', version: 1, measures: firstScorecard.measures.map((measure) => (measure.id === 'silence' ? { ...measure, weight: 0 } : measure.id === 'payer-voice' ? { ...measure, weight: 13 } : measure)) };
    const fact = (type: string, data: Record<string, unknown>) => ({ source: 'test', id: `card ${type}`, type: `scorecard.${type}`, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'person' as const, id: 'ann' }, data, bodyHash: type });
    await house.store.append([
      { stream: { tenant, category: 'scorecard', id: 'strict' }, expected: 'any', events: [fact('drafted', { card: strict, reason: 'try' }), fact('published', { card: 'strict', version: 1, reason: 'try' })] },
      { stream: { tenant, category: 'scorecard', id: 'assignment' }, expected: 'any', events: [fact('assigned', { perspective: 'whole', rules: [{ segments: ['mid-market'], card: 'strict' }], otherwise: 'first-scorecard', reason: 'try' })] },
    ]);
    const after = await certify();
    expect([before.card.id, after.card.id, after.cards.rules, after.cards.full.map(({ id }) => id)]).toEqual([
      'first-scorecard', 'strict', [{ when: { segments: ['mid-market'] }, card: after.card }], ['strict', 'first-scorecard']]);
    expect(after.figures.lines).not.toEqual(before.figures.lines);
    // Known only later, though it stands before the position; and after the position, though it was known.
    for (const moment of [{ knownAt: before.knownAt, position: after.position }, { knownAt: after.knownAt, position: before.position }]) {
      expect((await certify({ asOf: before.asOf, ...moment })).figures).toEqual(before.figures);
    }
    expect([(await check(before)).holds, (await check(after)).holds]).toEqual([true, true]);
    expect(elsewhere(after, await getCertificateEvents(house.model(), of('c1', { knownAt: after.knownAt, position: after.position })))).toMatch(/^holds/);
  });

  it('stands on no fact that was known only later, or stands after its position', async () => {
    await house.tell('late', ['customer.registered', { name: 'Late' }]);
    const before = await getCertificate(house.model(), of('late'));
    await new Promise((wake) => setTimeout(wake, 5));
    await house.tell('late', ['ticket.opened', { ticket: 'L' }]);
    const after = await getCertificate(house.model(), of('late'));
    const counts = async (more: object) => (await getCertificate(house.model(), of('late', more))).events.count;
    expect([await counts({}), await counts({ knownAt: before.knownAt, position: after.position }), await counts({ knownAt: after.knownAt, position: before.position })]).toEqual([2, 1, 1]);
  });

  it('refuses a position that the log has not reached, and a customer whom nobody knows', async () => {
    await expect(getCertificate(house.model(), of('nobody'))).rejects.toMatchObject({ code: 'customer-unknown' });
    await expect(certify({ position: '1.999999' })).rejects.toMatchObject({ code: 'not-yet-visible' });
    await expect(certify({ position: '9.1' })).rejects.toThrow('a life that this log never had');
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
    expect(await says(sealed({ ...certificate, card: { ...card, digest: '0'.repeat(64) } }))).toEqual([`card: The card ${card.id} version 1 is not what it was.`]);
    expect(await says(sealed({ ...certificate, arithmetic: '0' }))).toEqual([expect.stringContaining('of arithmetic 0, which cannot be called any more; this release has 1')]);
    expect(await says(sealed({ ...certificate, tenant: 'globex' }))).toEqual(['certificate: The certificate is of another tenant than the key.']);
    expect(await says(sealed({ ...certificate, timeZone: 'UTC' }))).toEqual(['time-zone: Days end by UTC in the certificate, and by Europe/Berlin for the tenant.']);
    expect(await says(sealed({ ...certificate, format: 'other/1' }))).toEqual([expect.stringContaining('not of other/1')]);
    expect(await says(sealed({ ...certificate, position: '1.999999' }))).toEqual([expect.stringMatching(/^log: The log is final up to .* later state/)]);
    for (const position of ['9.5', '9.999999', '0.5']) expect(await says(sealed({ ...certificate, position }))).toEqual([expect.stringMatching(`^log: The position ${position} is of a life that this log never had; it stands at 1\\.\\d+\\.`)]);
    await house.owner('insert into touchline.epoch_before (n, last_position) values (0, 3)');
    expect(await says(sealed({ ...certificate, position: '0.5' }))).toEqual(['log: The log was restored to an earlier state: it has lost what stood between 1.3 and 0.5, on which the certificate may stand.']);
    await house.owner('delete from touchline.epoch_before');
  });

  it('where it says anything that no certificate of this log says, wherever it stands and however well it is sealed', async () => {
    const certificate = await certify({ list: true });
    expect(await check(sealed(structuredClone(certificate)))).toMatchObject({ holds: true });
    const held: string[] = [];
    for (const [what, forged] of forgeries(certificate)) if ((await check(sealed(forged))).holds) held.push(what);
    expect(held).toEqual([]);
  }, 60_000);

  it('in words: a list in another order, a line more, a field more, a moment that has not come', async () => {
    const certificate = await certify({ list: true });
    const { events, figures } = certificate;
    const list = events.list!;
    const forged = (more: object) => says(sealed({ ...certificate, ...more }));
    expect(await forged({ events: { ...events, list: [...list].reverse() } })).toEqual(['events: The list of events is not that of the log: its order, or what it says of an event.']);
    expect(await forged({ events: { ...events, list: [] } })).toContainEqual(expect.stringMatching(`^events: The event at position ${list[0]!.position}, .* is not in the certificate\\.$`));
    expect(await forged({ events: { ...events, list: list.map(({ position, digest }) => ({ position: position + 100_000, digest })) } })).toContainEqual(`events: The event at position ${list[0]!.position + 100_000} is missing from the log.`);
    const [first] = figures.lines;
    expect(await forged({ figures: { ...figures, lines: [...figures.lines, { ...first!, points: 1 }] } })).toEqual([expect.stringMatching(`^figures: The certificate has the lines ${first!.id}, .*, ${first!.id}; the log gives ${first!.id}, `)]);
    expect(await forged({ figures: { ...figures, lines: [{ ...first!, group: 'other' }, ...figures.lines.slice(1)] } })).toEqual([`figures: ${first!.id}: group: the certificate says other, the log gives ${first!.group}.`]);
    expect(await forged({ events: { ...events, note: 'x' }, figures: { ...figures, audited: 'by KPMG' }, seen: 1 })).toEqual(['/seen', '/events/note', '/figures/audited'].map((name) => `certificate: ${name} is nothing that a certificate says.`));
    expect(await forged({ knownAt: '2999-01-01T00:00:00.000Z' })).toEqual([expect.stringMatching(/^certificate: What will be known at 2999-01-01T00:00:00\.000Z nobody knows yet: it is 20/)]);
    expect(await forged({ asOf: '2999-01-01T00:00:00.000Z' })).toContainEqual(expect.stringMatching(/^certificate: The day of 2999-01-01T00:00:00\.000Z has not come/));
    expect(await forged({ knownAt: certificate.knownAt.replace('Z', '+00:00') })).toEqual([expect.stringMatching(/^certificate: A certificate has its moments in UTC with milliseconds, not as /)]);
    expect(await forged({ position: certificate.position.replace('.', '.0') })).toEqual([`certificate: A certificate has its position as ${certificate.position}, not as ${certificate.position.replace('.', '.0')}.`]);
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
