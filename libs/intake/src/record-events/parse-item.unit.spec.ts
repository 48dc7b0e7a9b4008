import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventTypes } from '#journey';
import { defaultLimits } from '../limits.js';
import type { Problem } from '../refusals.js';
import { boundWords, patternWords } from './flaws.js';
import { type ParsedItem, parseItem } from './parse-item.js';
import { isObject, rawItem } from './raw-item.js';

const context = { tenant: 'acme', actor: { kind: 'system', id: 'test' }, mayDeclareObservedAt: true, receivedAt: new Date('2026-11-20T12:00:00Z') } as const;
const parse = (value: unknown) => parseItem(rawItem(value), context, defaultLimits);
const problemOf = (value: unknown): Problem => {
  const item = parse(value);
  if (!('problem' in item)) throw new Error('The item was taken.');
  return item.problem;
};
const ticket = { id: 'T-1', source: 'helpdesk', type: 'ticket.opened', time: '2026-11-01T08:00:00Z', customer: 'nordlicht', data: { ticket: 'T-1' } };
const cloudEvent = { specversion: '1.0', id: 'T-1', source: '/helpdesk', type: 'ticket.opened', subject: 'crm:4711', data: { ticket: 'T-1' } };

describe('One item at the door', () => {
  it('takes the example of every type in every version, in both forms', () => {
    for (const type of eventTypes.filter(({ internal }) => !internal)) {
      const versions = [[type.version, type.example], ...Object.entries(type.older ?? {}).map(([version, older]) => [Number(version), older.example])];
      for (const [version, data] of versions) {
        expect(parse({ ...ticket, type: type.type, version, data })).toMatchObject({ version, occurredAt: '2026-11-01T08:00:00.000Z' });
        expect(parse({ ...cloudEvent, type: type.type, typeversion: version, data })).toMatchObject({ version, occurredAt: '2026-11-20T12:00:00.000Z' });
      }
    }
  });

  it('takes what an item belongs together with, in both forms, and nothing where it says nothing', () => {
    const links = { correlationId: 'order-1', causationId: `crm/${'x'.repeat(397)}`, traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    const linksOf = (value: unknown) => (parse(value) as ParsedItem).envelope.links;
    expect(linksOf({ ...ticket, ...links })).toEqual(links);
    expect(linksOf({ ...cloudEvent, correlationid: links.correlationId, causationid: links.causationId, traceparent: links.traceParent })).toEqual(links);
    expect([linksOf(ticket), linksOf(cloudEvent), linksOf({ ...cloudEvent, traceparent: null })]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a list', [], 'not-an-object', ''],
    ['a missing id', { ...ticket, id: undefined }, 'field-missing', '/id'],
    ['an e-mail as id', { ...ticket, id: 'a@b.example' }, 'field-invalid', '/id'],
    ['a source that is ours', { ...ticket, source: 'touchline:intake' }, 'reserved-source', '/source'],
    ['another system\'s id as plain text', { ...ticket, customer: 'crm:4711' }, 'field-invalid', '/customer'],
    ['a field nobody knows', { ...ticket, custommer: 'x' }, 'field-unknown', '/custommer'],
    ['a misspelt type', { ...ticket, type: 'ticket.opend' }, 'type-unknown', '/type'],
    ['our own clock', { ...ticket, type: 'clock.day-closed', data: { day: '2026-11-01' } }, 'type-internal', '/type'],
    ['a correlation that is an address', { ...ticket, correlationId: 'a@b.example' }, 'field-invalid', '/correlationId'],
    ['a correlation that is too long', { ...cloudEvent, correlationid: 'x'.repeat(201) }, 'field-invalid', '/correlationid'],
    ['a cause with a space', { ...ticket, causationId: 'crm/4 7' }, 'field-invalid', '/causationId'],
    ['a cause that is a number', { ...cloudEvent, causationid: 7 }, 'field-invalid', '/causationid'],
    ['a trace that is none', { ...cloudEvent, traceparent: '00-00000000000000000000000000000000-b7ad6b7169203331-01' }, 'field-invalid', '/traceparent'],
    ['the name of a link of the other form', { ...ticket, correlationid: 'order-1' }, 'field-unknown', '/correlationid'],
    ['a version to come', { ...ticket, version: 9 }, 'version-unknown', '/version'],
    ['a version as text', { ...ticket, version: '1' }, 'field-invalid', '/version'],
    ['31 February', { ...ticket, time: '2026-02-31T08:00:00Z' }, 'time-invalid', '/time'],
    ['a time without zone', { ...ticket, time: '2026-02-01T08:00:00' }, 'time-invalid', '/time'],
    ['a time before 1970', { ...ticket, time: '1969-12-31T23:59:59Z' }, 'time-out-of-range', '/time'],
    ['tomorrow', { ...ticket, time: '2026-11-21T12:00:00Z' }, 'time-out-of-range', '/time'],
    ['knowledge before the fact', { ...ticket, observedAt: '2026-10-01T08:00:00Z' }, 'time-out-of-range', '/observedAt'],
    ['data that is a text', { ...ticket, data: 'x' }, 'field-invalid', '/data'],
    ['a missing field in data', { ...ticket, data: {} }, 'data-invalid', '/data/ticket'],
    ['a value not in the list', { ...ticket, data: { ticket: 'T-1', priority: 'hihg' } }, 'data-invalid', '/data/priority'],
    ['a score set by hand that is over', { ...ticket, type: 'customer.override-set', data: { score: 30, reason: 'x', until: '2026-10-30' } }, 'data-invalid', '/data/until'],
    ['a contact that is a name', { ...ticket, data: { ticket: 'T-1', contact: 'Ines Vogt' } }, 'data-invalid', '/data/contact'],
    ['a parent in capitals of nowhere', { ...ticket, type: 'customer.parent-changed', data: { parent: { system: 'CRM', id: '1' } } }, 'data-invalid', '/data/parent'],
    ['data nested too deeply', { ...ticket, type: 'x-a.b', data: { a: JSON.parse('['.repeat(5000) + ']'.repeat(5000)) } }, 'too-deep', `/data/a${'/0'.repeat(10)}`],
    ['a NUL character', { ...ticket, type: 'x-a.b', data: { a: 'b\0' } }, 'text-unstorable', '/data/a'],
    ['half a surrogate pair', { ...ticket, type: 'x-a.b', data: { a: '\ud800' } }, 'text-unstorable', '/data/a'],
    ['a number without end', { ...ticket, type: 'x-a.b', data: { a: JSON.parse('1e999') } }, 'number-out-of-range', '/data/a'],
    ['a very long text', { ...ticket, type: 'x-a.b', data: { a: 'b'.repeat(10_001) } }, 'text-too-long', '/data/a'],
    ['too many bytes', { ...ticket, type: 'x-a.b', data: { a: Array.from({ length: 10 }, () => 'é'.repeat(4_000)) } }, 'item-too-large', ''],
    ['binary data', { ...cloudEvent, data_base64: 'AAAA' }, 'data-not-json', '/data_base64'],
    ['XML', { ...cloudEvent, datacontenttype: 'application/xml' }, 'data-not-json', '/datacontenttype'],
    ['an old CloudEvent', { ...cloudEvent, specversion: '0.3' }, 'field-invalid', '/specversion'],
    ['no subject', { ...cloudEvent, subject: null }, 'field-missing', '/subject'],
    ['an attribute in capitals', { ...cloudEvent, traceParent: 'x' }, 'field-unknown', '/traceParent'],
  ])('refuses %s and says where', (_, value, code, pointer) => {
    expect(problemOf(value)).toMatchObject({ code, pointer });
  });

  it.each(eventTypes.filter(({ internal }) => internal).map(({ type, example }) => [type, example]))('refuses %s, in either form: only we write it', (type, data) => {
    expect(problemOf({ ...ticket, type, data })).toMatchObject({ code: 'type-internal', pointer: '/type' });
    expect(problemOf({ ...cloudEvent, type, data })).toMatchObject({ code: 'type-internal', pointer: '/type' });
  });

  it('says in words what is expected and what was probably meant', () => {
    expect(problemOf({ ...ticket, data: { ticket: 'T-1', priority: 'hihg' } }).detail).toBe('`priority` must be one of low, normal, high, urgent. Did you mean `high`?');
    expect(problemOf({ ...ticket, data: { ticket: 'T-1', priorty: 'high' } }).detail).toBe('There is no field `priorty` here. Did you mean `priority`?');
    expect(problemOf({ ...ticket, type: 'ticket.opend' }).detail).toContain('Did you mean `ticket.opened`?');
    expect(problemOf({ ...ticket, custommer: 'x' }).detail).toContain('Did you mean `customer`?');
    expect(problemOf({ ...ticket, type: 'record.retracted', data: { reason: 'wrong' } }).detail).toBe('The data needs at least one of events, import.');
    expect(problemOf({ ...ticket, data: { ticket: 'T-1', contact: 7 } }).detail).toContain('an e-mail address, or {system, id} of another system');
  });

  it('knows what other systems call a field, and says what there is when nothing is close', () => {
    expect(problemOf({ ...ticket, occurredAt: 'x' }).detail).toBe('An event has no field `occurredAt`. Did you mean `time`?');
    expect(problemOf({ ...ticket, payload: {} }).detail).toContain('Did you mean `data`?');
    expect(problemOf({ ...ticket, zzz: 1 }).detail).toBe('An event has no field `zzz`. There is `id`, `source`, `type`, `time`, `customer`, `data`, `version`, `observedAt`, `group`, `correlationId`, `causationId`, `traceParent`.');
    expect(problemOf({ ...ticket, data: { ticket: 'T-1', prio: 'high' } }).detail).toBe('There is no field `prio` here. Did you mean `priority`?');
  });

  it('names every field that is missing from the envelope', () => {
    expect(problemOf({})).toMatchObject({ code: 'field-missing', pointer: '/id' });
    expect(problemOf({}).errors!.map(({ pointer }) => pointer)).toEqual(['/id', '/source', '/type', '/customer', '/data']);
  });

  it('speaks of limits in sentences, and repeats a time that it cannot read', () => {
    expect(problemOf({ ...ticket, type: 'invoice.issued', data: { invoice: 'I', amount: { amount: 1, currency: 'EURO' }, dueOn: '2026-11-01' } }).errors?.map(({ detail }) => detail)).toEqual([
      '`amount.currency` may have 3 characters at most.', '`amount.currency` must be three capital letters such as EUR.']);
    expect(problemOf({ ...ticket, type: 'customer.registered', data: { name: 'A', size: -1 } }).detail).toBe('`size` must be 0 or more.');
    expect(problemOf({ ...ticket, type: 'survey.responded', data: { survey: 'S', instrument: { kind: 'nps', min: 0, max: 10 }, score: 11 } }).detail).toBe('The answer 11 is not on the scale from 0 to 10.');
    for (const time of ['2026-02-30T09:00:00Z', '2026-02-01T25:00:00Z']) expect(problemOf({ ...ticket, time }).detail).toBe(`"${time}" names a day or an hour that does not exist.`);
    expect(problemOf({ ...ticket, time: '2026-9-15 2:50' }).detail).toBe('"2026-9-15 2:50" is not a time with a zone.');
  });

  it('has words for every limit of the catalogue', () => {
    const limits = [...JSON.stringify(eventTypes.map(({ schema, older }) => [schema, older])).matchAll(/"((?:min|max|exclusiveM)[A-Za-z]*)":\d/g)].map((match) => match[1]!);
    expect([...new Set(limits)].filter((word) => !['minProperties', 'maxProperties'].includes(word) && !(word in boundWords))).toEqual([]);
  });

  it('names several flaws at once, at most five', () => {
    const { errors } = problemOf({ ...ticket, data: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 } });
    expect(errors).toHaveLength(5);
    expect(problemOf({ ...ticket, data: {} }).errors).toBeUndefined();
  });

  it('lets only a trusted door say when a fact was known', () => {
    const item = { ...ticket, observedAt: '2026-11-02T09:00:00+01:00' };
    expect(parse(item)).toMatchObject({ observedAt: '2026-11-02T08:00:00.000Z' });
    expect(parseItem(rawItem(item), { ...context, mayDeclareObservedAt: false }, defaultLimits)).toMatchObject({ problem: { code: 'observed-at-refused' } });
  });

  it('has words for every pattern of the catalogue', () => {
    const patterns = new Set([...JSON.stringify(eventTypes.map(({ schema, older }) => [schema, older])).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map((match) => JSON.parse(match[1]!)));
    expect([...patterns].filter((pattern) => !(pattern in patternWords))).toEqual([]);
  });

  it('answers any JSON, and points at something that is there or at a field that is missing from something that is', () => {
    const garbage = fc.jsonValue({ maxDepth: 4 });
    const field = fc.option(garbage, { nil: undefined, freq: 4 });
    const nearly = fc.tuple(fc.constantFrom(ticket, cloudEvent), fc.dictionary(fc.constantFrom('id', 'source', 'type', 'time', 'customer', 'subject', 'data', 'version', 'observedAt', 'zz', 'a/b~'), field))
      .map(([base, changes]) => JSON.parse(JSON.stringify({ ...base, ...changes })));
    const typed = fc.tuple(fc.constantFrom(...eventTypes), fc.dictionary(fc.string({ maxLength: 4 }), garbage)).map(([type, extra]) => ({ ...ticket, type: type.type, data: { ...(type.example as object), ...extra } }));
    fc.assert(fc.property(fc.oneof(garbage, nearly, typed), (value) => {
      const item = parse(value);
      if ('problem' in item) for (const { pointer } of item.problem.errors ?? [item.problem]) expect(resolves(value, pointer)).toBe(true);
    }), { numRuns: 1_000 });
  });
});

function resolves(value: unknown, pointer: string): boolean {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (const [index, step] of steps.entries()) {
    if (Array.isArray(value) ? Number(step) >= value.length : !isObject(value)) return false;
    if (!Object.hasOwn(value as object, step)) return index === steps.length - 1;
    value = (value as Record<string, unknown>)[step];
  }
  return true;
}
