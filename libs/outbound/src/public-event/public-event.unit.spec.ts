import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { eventTypes, type JourneyEvent } from '#journey';
import { publicEvent, streamOf } from './public-event.js';
import { uriReference } from './uri-reference.js';

/** The JSON Schema of the CloudEvents specification (cloudevents/spec, Apache-2.0). */
const ajv = new Ajv({ strict: false });
(addFormats as unknown as (to: Ajv) => void)(ajv);
const isCloudEvent = ajv.compile(JSON.parse(readFileSync('test/fixtures/cloudevents/cloudevents.schema.json', 'utf8')) as object);
const isUriReference = ajv.compile({ type: 'string', format: 'uri-reference' });

const fact = (changes: Partial<JourneyEvent> = {}): JourneyEvent => ({
  position: '1.42', stream: { tenant: 'acme', category: 'customer', id: 'c1' }, revision: 7, type: 'ticket.resolved', version: 1, source: 'helpdesk', id: 'T-1-resolved',
  occurredAt: '2026-01-05T10:00:00.000Z', observedAt: '2026-01-05T10:01:00.000Z', recordedAt: '2026-01-05T10:02:00.000Z', witnessed: true,
  actor: { kind: 'person', id: 'mara' }, importId: 'history', data: { ticket: 'T-1' }, ...changes,
});
const inStream = (category: string, id = 'c1') => ({ tenant: 'acme', category, id });

describe('A public event', () => {
  it('is a CloudEvent that says what the log knows of the fact, and no more', () => {
    expect(publicEvent(fact())).toEqual({
      specversion: '1.0', id: 'T-1-resolved', source: 'helpdesk', type: 'ticket.resolved', subject: 'c1', time: '2026-01-05T10:00:00.000Z', datacontenttype: 'application/json',
      dataschema: 'touchline:/v1/event-types/ticket.resolved/schemas/1', typeversion: 1, observedat: '2026-01-05T10:01:00.000Z', recordedtime: '2026-01-05T10:02:00.000Z',
      sequence: '0000000007', position: '1.42', partitionkey: 'c1', importid: 'history', data: { ticket: 'T-1' },
    });
  });

  it('says what it belongs to, where that is known, and where its schema is', () => {
    const traceParent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(publicEvent(fact({ correlationId: 'order-1', causationId: 'crm/7', traceParent }), 'https://touchline.example/')).toMatchObject({
      correlationid: 'order-1', causationid: 'crm/7', traceparent: traceParent, dataschema: 'https://touchline.example/v1/event-types/ticket.resolved/schemas/1',
    });
  });

  it('of a derived fact names its cause', () => {
    const cause = (type: string, data: Record<string, unknown>, changes = {}) => publicEvent(fact({ type, data, ...changes }))!.causationid;
    const [first, last] = [{ source: 'helpdesk', id: 'T-1' }, { source: 'crm', id: '7' }];
    expect(cause('insight.health-band-changed', { cause: { kind: 'fact', event: last } }, { stream: inStream('insight') })).toBe('crm/7');
    expect(cause('insight.health-band-changed', { cause: { kind: 'time' } }, { stream: inStream('insight') })).toBeUndefined();
    expect(cause('insight.metric-restated', { because: [first, last] }, { stream: inStream('insight') })).toBe('crm/7');
    expect(cause('recovery.opened', { because: first })).toBe('helpdesk/T-1');
    expect(cause('recovery.cause-identified', { cause: 'print-server' })).toBeUndefined();
    expect(cause('survey.requested', { because: first })).toBe('helpdesk/T-1');
    expect(cause('x-own.fact', { because: first })).toBeUndefined();
    expect(cause('task.created', { because: first, cause: 'risk' }, { causationId: 'as/stored' })).toBe('as/stored');
  });

  it('is there for facts of customers and for what follows from them, in two streams; for nothing else', () => {
    const streams = ([['ticket.opened', 'customer'], ['x-own.fact', 'customer'], ['record.retracted', 'customer'], ['contact.erased', 'customer'], ['recovery.opened', 'customer'], ['task.done', 'customer'],
      ['insight.condition-changed', 'insight'], ['clock.day-closed', 'clock'], ['scorecard.published', 'scorecard'], ['outage.declared', 'outage'], ['recoverypolicy.set', 'recoverypolicy']] as const)
      .map(([type, category]) => streamOf({ type, stream: inStream(category) }));
    expect(streams).toEqual(['journey', 'journey', 'journey', 'journey', 'insight', 'insight', 'insight', null, null, null, null]);
    expect(publicEvent(fact({ type: 'clock.day-closed', stream: inStream('clock', 'days') }))).toBeNull();
  });

  it('fits the schema of CloudEvents, whatever its type, source and address', () => {
    fc.assert(fc.property(fc.constantFrom('x-own.fact', ...eventTypes.map(({ type }) => type)), fc.stringMatching(/^[^@\s\p{Cc}]{1,200}$/u), fc.option(fc.webUrl(), { nil: undefined }), (type, source, url) => {
      const version = eventTypes.find((each) => each.type === type)?.version ?? 1;
      const event = publicEvent(fact({ type, version, source }), url)!;
      expect([isCloudEvent(event), isCloudEvent.errors]).toEqual([true, null]);
      const odd = Object.keys(event).filter((name) => !/^[a-z0-9]{1,20}$/.test(name));
      expect(odd).toEqual([]);
    }));
  });

  it('sorts by its sequence as the facts stand in their stream', () => {
    const inOrder = [0, 9, 10, 99, 1_000_000, 4_000_000_000].map((revision) => publicEvent(fact({ revision }))!.sequence);
    expect([...inOrder].reverse().sort()).toEqual(inOrder);
  });
});

describe('The source of a public event', () => {
  it('is left as it is where it is a URI-reference, and can be read back where it is not', () => {
    for (const source of ['helpdesk', 'touchline:insight', 'https://crm.example/a%20b?c=d#e', '/sensors/tn-1', 'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66', '1-555-123-4567', 'mailto:me', '//host:80/x', "it's(1),2;3"]) expect(uriReference(source)).toBe(source);
    for (const source of ['Müller', '1:2', 'a%b', '<crm>', 'a#b#c', '//host:port', '[x]', '日本', 'a|b', 'https://a:b:c/']) {
      expect(uriReference(source)).not.toBe(source);
      expect(decodeURIComponent(uriReference(source))).toBe(source);
    }
  });

  it('is a URI-reference, whatever it was', () => {
    fc.assert(fc.property(fc.stringMatching(/^[^@\s\p{Cc}]{1,200}$/u), (source) => {
      const uri = uriReference(source);
      expect([source, uri, isUriReference(uri)]).toEqual([source, uri, true]);
      if (uri !== source) expect(decodeURIComponent(uri)).toBe(source);
    }), { numRuns: 500 });
    fc.assert(fc.property(fc.array(fc.constantFrom(':', '/', '#', '?', '%', 'a', '1', '%20', '.', '[', ']', '='), { minLength: 1, maxLength: 8 }), (parts) => {
      const uri = uriReference(parts.join(''));
      expect([parts.join(''), uri, isUriReference(uri)]).toEqual([parts.join(''), uri, true]);
    }), { numRuns: 2_000 });
  });
});
