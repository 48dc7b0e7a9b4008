import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Intake } from '#intake';
import { eventTypes, type JourneyEvent } from '#journey';
import { publicDataSchema, type PublicEvent, publicEvent, publicTypes, unsealed } from '#outbound';
import { outRecord } from '../../libs/outbound/src/kafka/out-record.js';
import { openIntake, tenant } from '../../libs/intake/src/testing/open-intake.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
formats.default(ajv as never);
let house: Awaited<ReturnType<typeof openIntake>>;
let facts: readonly JourneyEvent[];
const keys = (): Intake['keys'] => house.intake.keys;

/** Every public type with the example of each version, as the catalogue has it. */
const examples = publicTypes.flatMap(({ type, internal, version, example, older = {} }) => [{ type, internal, version, data: example as Record<string, unknown> },
  ...Object.entries(older).map(([old, { example: data }]) => ({ type, internal, version: Number(old), data }))]);

beforeAll(async () => {
  house = await openIntake();
  const alias = { system: 'crm', id: 'P-2207' };
  const verdicts = await house.record(examples.filter(({ internal, type }) => !internal && !type.startsWith('record.')).map(({ type, version, data }, place) => (
    { id: `e${place}`, source: 'examples', type, version, time: '2026-01-10T08:00:00Z', customer: 'nordlicht', data: 'contact' in data && typeof data['contact'] === 'object' ? { ...data, contact: alias } : data })));
  expect(verdicts.filter(({ status }) => status !== 'appended').map(({ problem }) => problem?.detail)).toEqual([]);
  facts = await house.stream('nordlicht');
});
afterAll(() => house.close());

function flaws(event: PublicEvent): unknown {
  const validate = ajv.compile(publicDataSchema(event.type, event.typeversion)!);
  return validate(event.data) ? [] : [event.type, event.typeversion, event.data, validate.errors];
}

describe('The schema to which a public event leads', () => {
  it('is there for every public type and version, and no other', () => {
    expect(examples.filter(({ type, version }) => !publicDataSchema(type, version))).toEqual([]);
    expect([publicDataSchema('ticket.opened', 99), publicDataSchema('x-own.fact', 1), publicDataSchema('nothing', 1)]).toEqual([undefined, undefined, undefined]);
    expect(eventTypes.filter((type) => !publicTypes.includes(type)).map(({ type }) => type)).toContain('clock.day-closed');
  });

  it('takes the data of facts as they come out: sealed, opened, and after the people are erased', async () => {
    expect(facts.length).toBeGreaterThan(60);
    expect(facts.map((event) => flaws(publicEvent(event)!)).filter((found) => (found as unknown[]).length > 0)).toEqual([]);
    const opened = async () => (await house.worker.statements((sql) => unsealed(keys(), sql, tenant, facts))).map((event) => event!);
    const [sealed, open] = [JSON.stringify(facts), JSON.stringify(await opened())];
    expect([sealed.includes('"ct"'), open.includes('"ct"')]).toEqual([true, false]);
    expect((await opened()).map(flaws).filter((found) => (found as unknown[]).length > 0)).toEqual([]);
    const subjects = await house.worker.statements((sql) => sql.query<{ subject: string }>(`select subject from subject_key where tenant = 'acme'`));
    for (const { subject } of subjects) await keys().destroy(tenant, subject, async () => undefined);
    const erased = await opened();
    expect(JSON.stringify(erased)).not.toBe(open);
    expect(erased.map(flaws).filter((found) => (found as unknown[]).length > 0)).toEqual([]);
  });

  it('and its record for Kafka and its JSON are what the AsyncAPI document says', () => {
    const { components } = JSON.parse(readFileSync('apps/api/asyncapi.json', 'utf8')) as { components: { schemas: Record<string, object>; messageTraits: { binary: { headers: object } } } };
    const documented = new Ajv2020({ strict: false, allErrors: true, schemas: [{ $id: 'doc', components }] });
    formats.default(documented as never);
    const [headers, whole] = [documented.compile({ $ref: 'doc#/components/messageTraits/binary/headers' }), documented.compile({ $ref: 'doc#/components/schemas/Event' })];
    const flawed = facts.map((fact) => ({ ...fact, correlationId: 'order-1', causationId: 'crm/7' })).flatMap((fact) => {
      const event = publicEvent(fact, 'https://touchline.example')!;
      const record = outRecord('t', event, 'binary');
      return [headers(record.headers) || headers.errors, whole(JSON.parse(String(outRecord('t', event, 'structured').value))) || whole.errors].filter((fits) => fits !== true);
    });
    expect(flawed).toEqual([]);
    expect(whole({ ...publicEvent(facts[0]!)!, data: { surprise: 1 } })).toBe(false);
    expect(headers({ ...outRecord('t', publicEvent(facts[0]!)!, 'binary').headers, ce_id: undefined })).toBe(false);
  });

  it('refuses data with a field that the type does not have', () => {
    expect(flaws({ ...publicEvent(facts[0]!)!, data: { ...facts[0]!.data, surprise: 1 } })).not.toEqual([]);
  });

  it('fits the examples of what only we write', () => {
    const own = examples.filter(({ internal }) => internal);
    expect(own.length).toBeGreaterThan(10);
    for (const { type, version, data } of own) {
      const { contact: _, ...rest } = data;
      expect([type, ajv.compile(publicDataSchema(type, version)!)({ ...rest, ...('contact' in data && { contact: 'ann' }) })]).toEqual([type, true]);
    }
  });
});
