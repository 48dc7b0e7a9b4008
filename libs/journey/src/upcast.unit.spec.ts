import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { eventTypes, schemaOf } from './catalogue.js';
import type { JourneyEvent } from './envelope.js';
import { keywords } from './shapes.js';
import { contradictionsIn, upcast } from './upcast.js';

const ajv = new Ajv({ strict: true });
formats.default(ajv);
ajv.addVocabulary([...keywords]);
const recorded = eventTypes.flatMap(({ type, version, older = {} }) =>
  Object.entries(older).map(([old, { example }]) => [`${type} v${old}`, { type, from: Number(old), to: version, example }] as const));

function eventOf(type: string, version: number, data: Record<string, unknown>): JourneyEvent {
  return {
    source: 'surveys', id: 'e-1', position: '1.7', stream: { tenant: 'demo', category: 'customer', id: 'c-1' }, revision: 0, type, version, data,
    occurredAt: '2026-02-03T10:00:00.000Z', observedAt: '2026-02-03T10:00:00.000Z', recordedAt: '2026-02-03T10:00:01.000Z', witnessed: true, actor: { kind: 'system', id: 'surveys' },
  };
}

describe('Reading a fact that was recorded in an old version', () => {
  it.each(recorded)('lifts the recorded example of %s to the version of today', (_, { type, from, to, example }) => {
    const lifted = upcast(eventOf(type, from, example));
    expect(lifted.version).toBe(to);
    ajv.validate(schemaOf(type, to) as object, lifted.data);
    expect(ajv.errors ?? []).toEqual([]);
  });

  it('turns the scale written as text into an instrument with numbers', () => {
    const { data } = upcast(eventOf('survey.responded', 1, { survey: 'V-1', kind: 'nps', scale: '0-10', score: 9 }));
    expect(data).toEqual({ survey: 'V-1', instrument: { kind: 'nps', min: 0, max: 10 }, score: 9 });
  });

  it('leaves sealed words, and the event itself, as they were', () => {
    const sealed = fc.record({ kid: fc.string(), iv: fc.base64String(), ct: fc.base64String() });
    fc.assert(fc.property(sealed, fc.integer({ min: 0, max: 10 }), (verbatim, score) => {
      const event = eventOf('survey.responded', 1, { survey: 'V-1', kind: 'nps', scale: '0-10', score, verbatim });
      const before = structuredClone(event);
      expect(upcast(event).data.verbatim).toBe(verbatim);
      expect(event).toEqual(before);
    }));
  });

  it('hands back what needs no lifting, and what the catalogue does not know', () => {
    for (const event of [eventOf('ticket.closed', 1, { ticket: 'T-1' }), eventOf('x-training.completed', 4, {})]) expect(upcast(event)).toBe(event);
  });

  it('refuses a version that a newer release has written', () => {
    expect(() => upcast(eventOf('ticket.closed', 2, { ticket: 'T-1' }))).toThrow('ticket.closed in version 2 is not known here');
  });
});

describe('A fact whose fields contradict each other', () => {
  const nps = { kind: 'nps', min: 0, max: 10 };
  const found = (type: string, version: number, data: Record<string, unknown>) => contradictionsIn(type, version, data).map(({ path }) => path.join('/'));

  it('is found when an answer is not on its scale, in every version', () => {
    expect(found('survey.responded', 2, { survey: 'V-1', instrument: nps, score: 11 })).toEqual(['score']);
    expect(found('survey.responded', 1, { survey: 'V-1', kind: 'nps', scale: '1-5', score: 0 })).toEqual(['score']);
    expect(found('survey.response-revised', 1, { survey: 'V-1', instrument: nps, score: 10 })).toEqual([]);
  });

  it('is found when a score set by hand would end before it is set, wherever that is, and not where nobody says when', () => {
    const override = { score: 30, reason: 'x', until: '2026-11-15' };
    const at = (occurredAt?: string) => contradictionsIn('customer.override-set', 1, override, occurredAt).map(({ path }) => path.join('/'));
    expect(['2026-11-20T12:00:00.000Z', '2026-11-16T12:00:00.000Z'].map(at)).toEqual([['until'], ['until']]);
    // West of the date line it is still the 15th.
    expect(['2026-11-16T11:59:59.999Z', '2026-11-01T00:00:00.000Z', undefined].map(at)).toEqual([[], [], []]);
  });

  it('is found when a scale or a period runs backward', () => {
    expect(found('survey.sent', 1, { survey: 'V-1', instrument: { kind: 'ces', min: 7, max: 1 } })).toEqual(['instrument/max']);
    expect(found('usage.reported', 1, { from: '2026-03-02', to: '2026-03-01' })).toEqual(['to']);
    expect(found('usage.reported', 1, { from: '2026-03-02', to: '2026-03-02' })).toEqual([]);
  });

  it('is never one of the examples', () => {
    for (const { type, version, example } of eventTypes) expect(found(type, version, example as Record<string, unknown>)).toEqual([]);
  });
});
