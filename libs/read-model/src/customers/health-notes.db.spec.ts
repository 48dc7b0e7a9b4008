import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beginRebuild, progressOf, type Work } from '#event-store';
import { dateOfDay, firstScorecard } from '#insight';
import { findType } from '#journey';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { getRestatements } from '../health/get-restatements.js';
import { projections } from '../projections/projections.js';
import { decideCards, pulseCard, putInForce } from '../testing/cards.js';
import { tellPast } from '../testing/models.js';
import { openReadModel, SCORED, tenant, todayThere as today } from '../testing/open-read-model.js';
import { announceChanges } from './announce-changes.js';
import { noteHealth } from './health-notes.js';
import { valuesOf } from './states-sql.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeEach(async () => { house = await openReadModel(); });
afterEach(() => house.close());

const day = (ago: number) => dateOfDay(today() - ago);
const notes = async (type?: string) => (await house.worker.statements((sql) => sql.query<{ id: string; customer: string; type: string; data: any }>(
  `select id, customer, type, data from health_note where $1::text is null or type = $1 order by n`, [type ?? null])));
const restated = () => notes('insight.metric-restated');
const bands = () => notes('insight.health-band-changed');
const told = async () => (await house.store.readAll(null, 1_000, { tenant, categories: ['insight'] })).events;
const card = { id: firstScorecard.id, version: firstScorecard.version };
/** Nothing that holds the whole score down. */
const FREE = SCORED.filter(([type]) => !/cancellation|reopened|overdue/.test(type));
/** A customer of whom enough is known, with all facts of four days ago. */
const settled = async (customer: string) => {
  await tellPast(house, customer, ...FREE.map(([type, data]): [number, string, Record<string, unknown>] => [4, type, data]));
  await house.worker.statements((sql) => sql.query('delete from health_note'));
};
const back = (event: string) => ['record.retracted', { events: [{ source: 'test', id: event }], reason: 'slip' }] as [string, Record<string, unknown>];
const long = new Date(Date.now() - 9 * 86_400_000).toISOString();
const history = async (customer: string, type: string, data: Record<string, unknown>) => {
  const [verdict] = await house.store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events: [{
    source: 'test', id: `old ${customer}`, type, version: 1, occurredAt: long, observedAt: long, actor: { kind: 'system', id: 'test' }, data, bodyHash: 'old' }] }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  await house.visible(verdict!.positions[0]!);
};

describe('What late facts make of closed days', () => {
  it('is noted with what was said, what it is, since when that is known and why, and once', async () => {
    await settled('c1');
    const [id] = await tellPast(house, 'c1', [2, 'ticket.escalated', { ticket: 'T1' }], [2, 'ticket.escalated', { ticket: 'T1' }]);
    const [note, ...others] = await restated();
    expect(others).toEqual([]);
    expect(note).toMatchObject({ customer: 'c1', data: { customer: 'c1', metric: 'health', from: day(2), day: day(1), card, because: [{ source: 'test', id }, { source: 'test' }] } });
    expect(note!.data.is).not.toBe(note!.data.was);
    expect(note!.data.knownSince.slice(0, 10)).toBe(new Date().toISOString().slice(0, 10));
    await house.tell('c1', ['ticket.opened', { ticket: 'of today' }]);
    expect(await restated()).toHaveLength(1);
  });

  it('follows a fact that is taken back', async () => {
    await settled('c1');
    const [id] = await tellPast(house, 'c1', [2, 'ticket.escalated', { ticket: 'T1' }]);
    await house.tell('c1', back(id!));
    const [first, second] = await restated();
    expect([second!.data.was, second!.data.is, second!.data.from]).toEqual([first!.data.is, first!.data.was, day(2)]);
  });

  it('is because of late facts only, whatever of today comes with them, and of many the latest 25 are named', async () => {
    await settled('c1');
    const [late] = await tellPast(house, 'c1', [2, 'ticket.escalated', { ticket: 'T1' }], [0, 'ticket.escalated', { ticket: 'T1' }]);
    expect((await restated()).map(({ data }) => data.because)).toEqual([[{ source: 'test', id: late }]]);
    await settled('c2');
    const many = await tellPast(house, 'c2', ...Array.from({ length: 27 }, (_, place): [number, string, Record<string, unknown>] => [2, 'ticket.escalated', { ticket: `T${place}` }]));
    expect((await restated()).at(-1)).toMatchObject({ customer: 'c2', data: { because: many.slice(2).map((id) => ({ source: 'test', id })) } });
  });

  it('is noted of no history, of nobody new, of nothing that moves no figure, and by no rebuild', async () => {
    await settled('c1');
    await history('c1', 'ticket.opened', { ticket: 'old' });
    await tellPast(house, 'c1', [2, 'customer.profile-changed', { industry: 'steel' }]);
    await tellPast(house, 'c2', ...FREE.map(([type, data]): [number, string, Record<string, unknown>] => [4, type, data]));
    expect(await restated()).toEqual([]);
    await tellPast(house, 'c1', [2, 'ticket.escalated', { ticket: 'T1' }]);
    expect(await restated()).toHaveLength(1);
    const before = await notes();
    const generation = await beginRebuild(house.worker, projections()[0]!);
    for (const until = Date.now() + 20_000; !(await progressOf(house.worker)).some((each) => each.generation === generation && each.live) && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    expect(await notes()).toEqual(before);
    // The generation that was read before is kept, and follows: it notes nothing beside the other.
    await tellPast(house, 'c1', [2, 'ticket.escalated', { ticket: 'T2' }]);
    const positions = async () => (await progressOf(house.worker)).filter(({ name }) => name === 'customers').map(({ behind }) => behind);
    for (const until = Date.now() + 10_000; (await positions()).some((behind) => behind > 0) && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    expect((await positions()).length).toBe(2);
    expect(await restated()).toHaveLength(2);
  });
});

describe('What is known all the same', () => {
  const stricter = (version: number, watch: number) => pulseCard('mine', version, { bands: { ...pulseCard('mine').bands, healthy: 97, watch } });
  const settledRows = async () => {
    for (const until = Date.now() + 10_000; (await house.worker.statements((sql) => sql.query('select from touchline_read.customer_1 where stale'))).length > 0 && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
  };

  it('is restated by no publication, though rows near an edge are folded anew by it', async () => {
    await putInForce(house, pulseCard('mine'));
    await tellPast(house, 'c1', [4, 'customer.registered', { name: 'One' }], [4, 'customer.measurement-recorded', { measure: 'pulse', value: 90 }]);
    for (const [version, watch] of [[2, 89], [3, 91], [4, 88]] as const) {
      await decideCards(house, ['drafted', { card: stricter(version, watch) }], ['published', { card: 'mine', version }]);
      await settledRows();
    }
    expect(await restated()).toEqual([]);
    expect(await house.worker.statements((sql) => sql.query(`select score, band, cards from touchline_read.customer_1`))).toMatchObject([{ score: 9_000, band: 'watch' }]);
    // A fact that does come late, right after another publication, is told by the card of then.
    await decideCards(house, ['drafted', { card: stricter(5, 89) }]);
    const about = (category: string, id: string, type: string, data: Record<string, unknown>, days: number) => ({ stream: { tenant, category, id }, expected: 'any' as const, events: [{
      source: 'test', id: `at once ${type}`, type, version: 1, occurredAt: new Date(Date.now() - days * 86_400_000).toISOString(), actor: { kind: 'system' as const, id: 'test' }, data, bodyHash: type }] });
    const verdicts = await house.store.append([about('scorecard', 'mine', 'scorecard.published', { card: 'mine', version: 5, reason: 'try' }, 0), about('customer', 'c1', 'customer.measurement-recorded', { measure: 'pulse', value: 20 }, 2)]);
    for (const verdict of verdicts) await house.visible(verdict.status === 'appended' ? verdict.positions[0]! : '');
    await settledRows();
    expect(await restated()).toMatchObject([{ data: { was: 90, is: 20, from: day(2), card: { version: 5 }, because: [{ id: 'at once customer.measurement-recorded' }] } }]);
  });

  it('is restated by no history that came together with a late fact which moves nothing', async () => {
    await settled('c1');
    const fact = (id: string, type: string, data: Record<string, unknown>, days: number, known: number) => ({
      source: 'test', id, type, version: 1, occurredAt: new Date(Date.now() - days * 86_400_000).toISOString(), observedAt: new Date(Date.now() - known * 86_400_000).toISOString(), actor: { kind: 'system' as const, id: 'test' }, data, bodyHash: id });
    const tell = async (...events: ReturnType<typeof fact>[]) => {
      const [verdict] = await house.store.append([{ stream: { tenant, category: 'customer', id: 'c1' }, expected: 'any', events }]);
      await house.visible(verdict!.status === 'appended' ? verdict!.positions.at(-1)! : '');
    };
    const score = async () => (await house.worker.statements((sql) => sql.query<{ score: number }>('select score from touchline_read.customer_1')))[0]!.score;
    const before = await score();
    await tell(...[1, 2, 3].map((n) => fact(`old ${n}`, 'ticket.escalated', { ticket: 'T1' }, 9, 9)), fact('harmless', 'customer.profile-changed', { name: 'Renamed' }, 2, 0));
    expect(await score()).toBeLessThan(before);
    expect(await restated()).toEqual([]);
    await tell(fact('old 4', 'ticket.escalated', { ticket: 'T1' }, 9, 9), fact('felt', 'ticket.reopened', { ticket: 'T1' }, 2, 0));
    expect(await restated()).toMatchObject([{ data: { from: day(2), because: [{ id: 'felt' }] } }]);
  });
});

describe('A change of band', () => {
  it('is noted with its cause, the band before and the score, once, and of no history', async () => {
    await settled('c1');
    const [id] = await tellPast(house, 'c1', [0, 'customer.profile-changed', { industry: 'steel' }]);
    expect(await bands()).toEqual([]);
    // Without its usage and answers too little is known.
    const events = (await house.store.readStream({ tenant, category: 'customer', id: 'c1' })).filter(({ type }) => /^(usage|survey|engagement)/.test(type)).map(({ source, id: of }) => ({ source, id: of }));
    await house.tell('c1', ['record.retracted', { events, reason: 'slip' }]);
    const [note, ...others] = await bands();
    expect(others).toEqual([]);
    expect(note).toMatchObject({ customer: 'c1', data: { customer: 'c1', day: day(0), from: 'watch', to: 'unknown', score: null, card, cause: { kind: 'late-fact', event: { source: 'test' } } } });
    expect(note!.data.cause.event.id).not.toBe(id);
    await settled('c2');
    await history('c2', 'record.retracted', { events: (await house.store.readStream({ tenant, category: 'customer', id: 'c2' })).map(({ source, id: of }) => ({ source, id: of })), reason: 'slip' });
    expect((await bands()).filter(({ customer }) => customer === 'c2')).toEqual([]);
  });

  /** What makes a customer one of whom too little is known: its usage and answers are taken back. */
  const takenBack = async (customer: string) => {
    const events = (await house.store.readStream({ tenant, category: 'customer', id: customer })).filter(({ type }) => /^(usage|survey|engagement)/.test(type)).map(({ source, id }) => ({ source, id }));
    return ['record.retracted', { events, reason: 'slip' }] as [string, Record<string, unknown>];
  };
  const kept = () => house.worker.statements((sql) => sql.query<{ customer: string; band: string }>('select customer, band from band_told order by customer'));

  it('is kept and noted of nobody who waits for a fact to be mended, nor of who is merged into another', async () => {
    await settled('held');
    await settled('part');
    await house.tell('whole', ['customer.registered', { name: 'Whole' }]);
    const before = await kept();
    expect(before).toMatchObject([{ customer: 'held', band: 'watch' }, { customer: 'part', band: 'watch' }, { customer: 'whole', band: 'unknown' }]);
    const [[type, data], now] = [await takenBack('held'), new Date().toISOString()];
    const event = (id: string, more: object) => ({ source: 'test', id, version: 1, occurredAt: now, actor: { kind: 'system' as const, id: 'test' }, bodyHash: id, ...more });
    const [verdict] = await house.store.append([{ stream: { tenant, category: 'customer', id: 'held' }, expected: 'any', events: [
      event('good', { type, data }), event('unreadable', { type: 'ticket.opened', data: { ticket: 'T9' }, version: 99 })] as never }]);
    await house.visible(verdict!.status === 'appended' ? verdict!.positions.at(-1)! : '');
    expect(await house.worker.statements((sql) => sql.query(`select held, band from touchline_read.customer_1 where customer = 'held'`))).toEqual([{ held: true, band: 'unknown' }]);
    await house.tell('part', ['customer.merged', { into: 'whole' }]);
    expect(await house.worker.statements((sql) => sql.query(`select status, band from touchline_read.customer_1 where customer = 'part'`))).toEqual([{ status: 'merged', band: 'unknown' }]);
    const since = () => kept().then((rows) => rows.filter(({ customer }) => customer !== 'whole'));
    expect([await since(), (await bands()).filter(({ customer }) => customer !== 'whole')]).toEqual([before.slice(0, 2), []]);
    await house.tell('part', ['customer.unmerged', {}]);
    expect([await since(), (await bands()).filter(({ customer }) => customer !== 'whole')]).toEqual([before.slice(0, 2), []]);
  });

  it('is kept of the generation that people read alone, so that another, further on or behind, takes no note from it', async () => {
    await settled('c1');
    const { live } = (await house.worker.statements((sql) => sql.query<{ live: number }>(`select live from projection where name = 'customers'`)))[0]!;
    const [before] = await house.worker.statements((sql) => sql.query<{ cards: string; band: string }>('select tenant, customer, cards, band from band_told'));
    const row = valuesOf({ ...before, band: 'at-risk', stale_from: null, held: false, merged_into: null, day: today(), score: 1_000, sheet: {}, conditions: [], notice_day: null, renewal_day: null });
    const written = async (generation: number) => {
      await house.worker.transaction((sql) => noteHealth({ sql, generation } as Work, [row], () => null));
      return (await kept())[0]!.band;
    };
    expect([before!.band, await written(live - 1), await written(live + 1), await written(live)]).toEqual(['watch', 'watch', 'watch', 'at-risk']);
  });

  it('that other cards bring is not noted, and the next one begins there', async () => {
    await settled('c1');
    // With a fact of the open day its row is folded anew from the log, as if that fact had come.
    await house.tell('c1', ['customer.profile-changed', { industry: 'steel' }]);
    const strict = { ...firstScorecard, id: 'strict', version: 1, bands: { ...firstScorecard.bands, leastCoverage: 99 } };
    const cards = ['scorecard.drafted', 'scorecard.published'].map((type, place) => ({ source: 'test', id: type, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'person' as const, id: 'ann' }, data: place === 0 ? { card: strict, reason: 'try' } : { card: 'strict', version: 1, reason: 'try' }, bodyHash: type }));
    const assigned = { source: 'test', id: 'assigned', type: 'scorecard.assigned', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'person' as const, id: 'ann' }, data: { perspective: 'whole', rules: [], otherwise: 'strict', reason: 'try' }, bodyHash: 'assigned' };
    await house.store.append([{ stream: { tenant, category: 'scorecard', id: 'strict' }, expected: 'any', events: cards }]);
    await house.store.append([{ stream: { tenant, category: 'scorecard', id: 'assignment' }, expected: 'any', events: [assigned] }]);
    const told = async () => (await house.worker.statements((sql) => sql.query<{ band: string }>('select band from band_told')))[0]!.band;
    for (const until = Date.now() + 10_000; await told() !== 'unknown' && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    expect([await told(), await notes()]).toEqual(['unknown', []]);
  });
});

it('Notes are appended once, as the catalogue has them, and restatements are told of the customer', async () => {
  await settled('c1');
  const [id] = await tellPast(house, 'c1', [2, 'ticket.escalated', { ticket: 'T1' }]);
  const written = await notes();
  expect([await announceChanges(house.worker, house.store), await announceChanges(house.worker, house.store), await notes()]).toEqual([written.length, 0, []]);
  const facts = (await told()).filter(({ type }) => type !== 'insight.churn-risk-changed');
  expect(facts.map(({ type, id: of, data }) => ({ type, id: of, customer: 'c1', data }))).toEqual(written);
  const ajv = (formats as unknown as (ajv: Ajv2020) => Ajv2020)(new Ajv2020({ strict: false }));
  for (const { type, data } of facts) expect(ajv.validate(findType(type)!.schema as object, data) || ajv.errors).toBe(true);
  const { restatements } = await getRestatements(house.model(), { tenant, customer: 'c1' });
  const { customer: _, metric: __, ...figures } = written.find(({ type }) => type === 'insight.metric-restated')!.data;
  expect(restatements).toMatchObject([{ ...figures, say: expect.stringMatching(/^Restated: [\d.]+ became [\d.]+ on \d{4}-/) }]);
  expect(restatements[0]!.say).toContain(`because of ticket.escalated (test ${id})`);
});
