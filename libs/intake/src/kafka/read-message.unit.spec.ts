import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Problem } from '../refusals.js';
import { readMessage } from './read-message.js';

type Headers = { [name: string]: Buffer };
const headersOf = (headers: { [name: string]: string }): Headers => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]));
const read = (value: string | Buffer | null, headers: { [name: string]: string } | Headers) =>
  readMessage({ value: value === null ? null : Buffer.from(value), headers: Object.values(headers).every((each) => typeof each === 'string') ? headersOf(headers as { [name: string]: string }) : headers as Headers });
const problemOf = (...args: Parameters<typeof read>) => {
  const { items } = read(...args);
  expect(items).toHaveLength(1);
  expect(items[0]).toBeInstanceOf(Problem);
  const { code, pointer } = items[0] as Problem;
  return { code, pointer };
};

/** Scenarios of the conformance suite: the payload, the headers, and the attributes that come of them. */
const scenarios = readFileSync('test/fixtures/cloudevents/kafka-protocol-binding.feature', 'utf8').split(/Scenario(?: Outline)?: /).slice(1).map((text) => {
  const [given = '', then = ''] = text.split('Then the attributes are:');
  const table = (part: string) => Object.fromEntries([...part.matchAll(/^\s*\|\s*(\S+)\s*\|\s*(.*?)\s*\|$/gm)].map(([, key, value]) => [key!, value!]).filter(([key]) => key !== 'key'));
  const [, payload = ''] = /"""\n([\s\S]*?)"""/.exec(given) ?? [];
  return { title: text.split('\n')[0]!.trim(), payload, headers: table(given), attributes: table(then.split('And the data')[0]!), data: JSON.parse(/"""\n([\s\S]*?)"""/.exec(then)![1]!) as unknown, examples: [...(text.split('Examples:')[1] ?? '').matchAll(/^\s*\|\s*(application\S.*?)\s*\|$/gm)].map(([, type]) => type!) };
});

describe('A record as CloudEvents', () => {
  it('is read as the conformance suite of CloudEvents says', () => {
    const asked = scenarios.flatMap(({ payload, headers, attributes, data, examples }) => (examples.length === 0 ? [headers] : examples.map((type) => ({ 'content-type': type })))
      .map((sent) => [read(payload, sent), { batch: false, items: [{ form: 'cloudevent', value: { ...attributes, data } }] }] as const));
    expect(asked).toHaveLength(3);
    for (const [found, wanted] of asked) expect(found).toEqual(wanted);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('takes example %s of the JSON format as it is', (number) => {
    const value = readFileSync(`test/fixtures/cloudevents/json-format-0${number}.json`, 'utf8');
    const sent = JSON.parse(value) as unknown;
    const items = Array.isArray(sent) ? sent : [sent];
    const type = Array.isArray(sent) ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
    if (items.length > 0) expect(read(value, { 'content-type': type })).toEqual({ batch: Array.isArray(sent), items: items.map((each) => ({ form: 'cloudevent', value: each })) });
    else expect(problemOf(value, { 'content-type': type })).toEqual({ code: 'not-a-cloudevent', pointer: '' });
  });

  it('keeps extensions of a binary one as texts, and counts the version of its type', () => {
    const headers = { ce_specversion: '1.0', ce_id: '1', ce_subject: 'crm:Müller', ce_typeversion: '2', ce_sequence: '0007', traceparent: '00-1', 'content-type': 'application/json; charset=utf-8' };
    expect(read('{"a":1}', headers).items).toEqual([{ form: 'cloudevent', value: {
      specversion: '1.0', id: '1', subject: 'crm:Müller', typeversion: 2, sequence: '0007', datacontenttype: 'application/json; charset=utf-8', data: { a: 1 },
    } }]);
    expect(read('{"a":1}', { ce_specversion: '1.0' }).items).toEqual([{ form: 'cloudevent', value: { specversion: '1.0', data: { a: 1 } } }]);
    expect(read('<a/>', { ce_specversion: '1.0', 'content-type': 'application/xml' }).items).toEqual([{ form: 'cloudevent', value: { specversion: '1.0', datacontenttype: 'application/xml' } }]);
  });

  it.each<[string, string | Buffer | null, { [name: string]: string } | Headers, string, string]>([
    ['a tombstone', null, { 'content-type': 'application/cloudevents+json' }, 'tombstone', ''],
    ['JSON without headers', '{"specversion":"1.0"}', {}, 'not-a-cloudevent', ''],
    ['plain JSON', '{"id":"1"}', { 'content-type': 'application/json' }, 'not-a-cloudevent', ''],
    ['Avro', 'x', { 'content-type': 'application/cloudevents+avro' }, 'not-a-cloudevent', ''],
    ['half an event', '{"specversion":', { 'content-type': 'application/cloudevents+json' }, 'invalid-json', ''],
    ['an event that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), { 'content-type': 'application/cloudevents+json' }, 'invalid-json', ''],
    ['a batch that is no array', '{}', { 'content-type': 'application/cloudevents-batch+json' }, 'not-a-cloudevent', ''],
    ['an empty batch', '[]', { 'content-type': 'application/cloudevents-batch+json' }, 'not-a-cloudevent', ''],
    ['binary with broken data', '{', { ce_specversion: '1.0' }, 'invalid-json', '/data'],
    ['an attribute that is not UTF-8', '{}', { ce_specversion: Buffer.from('1.0'), ce_id: Buffer.from([0xff]) }, 'field-invalid', '/id'],
    ['a content type that is not UTF-8', '{}', { 'content-type': Buffer.from([0xff]) }, 'field-invalid', '/datacontenttype'],
  ])('says what is wrong with %s', (_title, value, headers, code, pointer) => {
    expect(problemOf(value, headers)).toEqual({ code, pointer });
  });
});
