import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginRebuild, type NewEvent, progressOf } from '#event-store';
import { findType } from '#journey';
import { eventually } from '../../../../test/support/read-models.js';
import { projectionNamed } from '../projections/projections.js';
import { listSurveys } from '../asking/list-surveys.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { listeningTo } from '../testing/what-is-read.js';
import { listAnswers } from './list-answers.js';
import { answersInLog, feedbackInLog } from './testing/log-says.js';

type Told = Pick<NewEvent, 'type' | 'data'> & { readonly id: string; readonly at: number };
const START = Date.UTC(2026, 8, 1);
const scale = fc.constantFrom({ kind: 'nps', min: 0, max: 10 }, { kind: 'csat', min: 1, max: 5 }, { kind: 'csat', min: 1, max: 5 });
const survey = fc.constantFrom('V-1', 'V-2', 'V-3');
const feedback = fc.constantFrom('F-1', 'F-2');
const department = fc.constantFrom('product', 'billing');
const answer = fc.record({ survey, instrument: scale, score: fc.integer({ min: 1, max: 5 }), contact: fc.constantFrom('p-1', 'p-2'), wantsContact: fc.boolean() });
const plain = fc.oneof(
  fc.tuple(fc.constantFrom('survey.requested', 'survey.sent'), fc.record({ survey, instrument: scale, contact: fc.constant('p-1') })),
  fc.tuple(fc.constant('survey.suppressed'), fc.record({ survey, reason: fc.constant('asked-lately') })),
  fc.tuple(fc.constant('survey.expired'), fc.record({ survey })),
  fc.tuple(fc.constantFrom('survey.responded', 'survey.responded', 'survey.response-revised'), answer),
  fc.tuple(fc.constant('survey.response-viewed'), fc.record({ survey, viewer: fc.constantFrom('mara', 'ben'), role: fc.constantFrom('csm', 'executive') })),
  fc.tuple(fc.constant('survey.marked-complaint'), fc.record({ survey })),
  fc.tuple(fc.constant('survey.set-aside'), fc.record({ survey, reason: fc.constantFrom('praise', 'dealt-with') })),
  fc.tuple(fc.constant('feedback.request-raised'), fc.record({ feedback, survey })),
  fc.tuple(fc.constantFrom('feedback.routed', 'feedback.accepted'), fc.record({ feedback, department })),
  fc.tuple(fc.constant('feedback.declined'), fc.record({ feedback, department, reason: fc.constant('not-ours') })),
  fc.tuple(fc.constant('feedback.answered'), fc.record({ feedback, department })),
  fc.tuple(fc.constant('feedback.customer-told'), fc.record({ feedback })),
);
const fact = fc.tuple(plain, fc.integer({ min: 0, max: 60 * 24 * 90 })).map(([[type, data], minute]) => ({ type, data: data as Record<string, unknown>, minute }));
/** Facts in any order, some of them taken back, some corrected. */
const history = fc.tuple(fc.array(fact, { minLength: 5, maxLength: 40 }), fc.array(fc.tuple(fc.nat(39), fc.boolean()), { maxLength: 5 }));

describe('Answers and feedback', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let told = 0;
  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  const tell = async (customer: string, all: readonly Told[]) => {
    const events = all.map(({ id, type, data, at }): NewEvent => ({ source: 'test', id, type, version: findType(type)!.version, occurredAt: new Date(at).toISOString(), actor: { kind: 'person', id: 'mara' }, data, bodyHash: id }));
    const verdicts = await house.store.append(events.map((event) => ({ stream: { tenant, category: 'customer', id: customer }, expected: 'any' as const, events: [event] })));
    const last = verdicts.at(-1)!;
    if (last.status !== 'appended') throw new Error(last.status);
    return last.positions.at(-1)!;
  };
  const rows = async (table: 'answer' | 'feedback', columns: string) => {
    const [live] = (await progressOf(house.worker)).filter((each) => each.live && each.name === 'entities');
    return house.worker.statements((sql) => sql.query(`select customer, entity, ${columns} from touchline_read.${table}_${live!.generation} where tenant = $1 and shown order by customer, entity`, [tenant]));
  };
  const asInLog = async () => {
    for (const { table, columns, text } of [answersInLog, feedbackInLog]) {
      const expected = await house.worker.statements((sql) => sql.query(text, [tenant]));
      expect(expected.length).toBeGreaterThan(5);
      expect(await rows(table, columns)).toEqual(expected);
    }
  };

  it('have the rows that an independent query over the log comes to: late facts, corrections, merges, and after a rebuild', async () => {
    const customers: string[] = [];
    let position = '';
    for (const [facts, corrections] of fc.sample(history, { numRuns: 40, seed: 11 })) {
      const customer = `c${customers.push('')}`;
      customers[customers.length - 1] = customer;
      const all = facts.map(({ type, data, minute }): Told => ({ id: `h${told += 1}`, type, data, at: START + minute * 60_000 }));
      const corrected = new Set<string>();
      const fixes = corrections.flatMap(([index, isGone], n): Told[] => {
        const target = all[index % all.length]!;
        if (corrected.has(target.id)) return [];
        corrected.add(target.id);
        const event = { source: 'test', id: target.id };
        const data = isGone ? { events: [event], reason: 'slip' } : { event, data: target.data, time: new Date(target.at - 3_600_000).toISOString(), reason: 'slip' };
        return [{ id: `h${told += 1}`, type: isGone ? 'record.retracted' : 'record.amended', data, at: START + (100 + n) * 86_400_000 - 3_000_000_000 }];
      });
      position = await tell(customer, [...all, ...fixes]);
    }
    await house.visible(position);
    await asInLog();
    for (const [from, into] of [['c1', 'c2'], ['c3', 'c2'], ['c5', 'c6']] as const) position = await tell(from, [{ id: `h${told += 1}`, type: 'customer.merged', data: { into }, at: START }]);
    await house.visible(position);
    await asInLog();
    await house.visible(await tell('c5', [{ id: `h${told += 1}`, type: 'customer.unmerged', data: {}, at: START }]));
    await asInLog();
    const generation = await beginRebuild(house.worker, projectionNamed('entities'));
    await eventually(async () => (await progressOf(house.worker)).some((each) => each.name === 'entities' && each.live && each.generation === generation));
    await asInLog();
  }, 120_000);

  it('are listed without the facts that their rows are made of', async () => {
    await house.visible(await tell('c1', [{ id: 'wanted', type: 'survey.requested', data: { survey: 'V-9', instrument: { kind: 'nps', min: 0, max: 10 }, program: 'P', channel: 'email' }, at: Date.now() }]));
    const { reader, heard } = listeningTo(house.reader);
    const model = { ...house.model(), reader };
    expect((await listAnswers(model, { tenant, state: 'all' })).answers.length).toBeGreaterThan(5);
    expect((await listSurveys(model, { tenant })).surveys).toMatchObject([{ survey: 'V-9', program: 'P', channel: 'email', state: 'requested' }]);
    const rows = heard.filter(({ columns }) => columns.includes('entity'));
    expect(rows).toHaveLength(2);
    expect(rows.filter(({ columns }) => columns.includes('facts') || columns.includes('shown'))).toEqual([]);
  });
});
