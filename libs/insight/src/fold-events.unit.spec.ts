import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveEvents, needsRefold } from '#journey';
import { foldEvents } from './fold-events.js';
import { addFact } from './fact-sheet.js';
import { ago, fact, utc } from './testing/facts.js';
import { correctedHistories, histories } from './testing/histories.js';

const ref = (event: { source: string; id: string }) => ({ source: event.source, id: event.id });
const retract = (n: number, ...events: { source: string; id: string }[]) => fact('record.retracted', 0, { events: events.map(ref), reason: 'slip' }, { n });
const amend = (n: number, event: { source: string; id: string }, data: object, time?: string) => fact('record.amended', 0, { event: ref(event), data, ...(time && { time }), reason: 'slip' }, { n });
const positions = (events: Parameters<typeof effectiveEvents>[0]) => effectiveEvents(events).map(({ position }) => position);

describe('The certificate of an erasure', () => {
  it('changes nothing of what is known, wherever it stands', () => {
    fc.assert(fc.property(correctedHistories(), fc.nat(900), (events, days) => {
      const erased = fact('contact.erased', days, { contact: 'p1' }, { n: 1000 });
      expect(effectiveEvents([...events, erased])).toEqual(effectiveEvents(events));
      expect(addFact(foldEvents(events, utc), erased, utc)).toEqual(foldEvents(events, utc));
    }));
  });
});

describe('Facts that were taken back', () => {
  it('leave everything as if they had never happened', () => {
    fc.assert(fc.property(histories(), histories(), (kept, slip) => {
      const later = slip.map((event, index) => ({ ...event, id: `slip${index}`, position: `1.${kept.length + index + 1}` }));
      const all = [...kept, ...later, retract(1000, ...later)];
      expect(foldEvents(all, utc)).toEqual(foldEvents(kept, utc));
    }));
  });

  it('an import undone for one customer leaves what it said of another, when both are folded together', () => {
    const of = (id: string) => ({ tenant: 'acme', category: 'customer', id });
    const [mine, theirs] = ['a', 'b'].map((id, index) => fact('ticket.opened', 5, { ticket: id }, { n: index + 1, importId: 'imp', stream: of(id) }));
    expect(positions([mine!, theirs!, fact('record.retracted', 0, { import: 'imp', reason: 'slip' }, { n: 3, stream: of('a') })])).toEqual([theirs!.position]);
  });

  it('an import undone takes its events before the retraction, and no others', () => {
    const before = fact('ticket.opened', 5, { ticket: 'a' }, { n: 1, importId: 'imp' });
    const after = fact('ticket.opened', 5, { ticket: 'b' }, { n: 4, importId: 'imp' });
    const other = fact('ticket.opened', 5, { ticket: 'c' }, { n: 2, importId: 'other' });
    expect(positions([before, other, fact('record.retracted', 0, { import: 'imp', reason: 'slip' }, { n: 3 }), after])).toEqual(['1.2', '1.4']);
  });

  it('come back when the retraction is retracted', () => {
    const event = fact('ticket.opened', 5, { ticket: 'a' }, { n: 1 });
    const first = retract(2, event);
    const second = retract(3, first);
    expect(positions([event, first])).toEqual([]);
    expect(positions([event, first, second])).toEqual(['1.1']);
    expect(positions([event, first, second, retract(4, second)])).toEqual([]);
  });

  it('are gone also when the retraction was recorded before them', () => {
    const event = fact('ticket.opened', 5, { ticket: 'a' }, { n: 9 });
    expect(positions([retract(2, event), event])).toEqual([]);
  });

  it('two corrections that name each other end in the later one standing', () => {
    const first = fact('record.retracted', 0, { events: [{ source: 'test', id: 'e3' }], reason: 'slip' }, { n: 2 });
    const event = fact('ticket.opened', 5, { ticket: 'a' }, { n: 1 });
    const second = fact('record.retracted', 0, { events: [ref(first), ref(event)], reason: 'slip' }, { n: 3 });
    expect(positions([event, first, second])).toEqual([]);
  });
});

describe('Facts that were amended', () => {
  const event = fact('ticket.opened', 5, { ticket: 'a' }, { n: 1 });

  it('say what the last amendment by position says, at its time where it gives one', () => {
    const [told] = effectiveEvents([event, amend(3, event, { ticket: 'c' }), amend(2, event, { ticket: 'b' }, `${ago(9)}T08:00:00.000Z`)]);
    expect(told).toMatchObject({ position: '1.1', data: { ticket: 'c' }, occurredAt: event.occurredAt });
    const [moved] = effectiveEvents([event, amend(2, event, { ticket: 'b' }, `${ago(9)}T08:00:00.000Z`)]);
    expect(moved).toMatchObject({ data: { ticket: 'b' }, occurredAt: `${ago(9)}T08:00:00.000Z` });
  });

  it('written in an old version, amended in that version, are lifted together', () => {
    const old = fact('survey.responded', 5, { survey: 'v', kind: 'nps', scale: '0-10', score: 3 }, { n: 1, version: 1 });
    const [told] = effectiveEvents([old, amend(2, old, { survey: 'v', kind: 'nps', scale: '0-10', score: 9 })]);
    expect(told).toMatchObject({ version: 2, data: { score: 9, instrument: { kind: 'nps', min: 0, max: 10 } } });
  });

  it('can be taken back, amended or not', () => {
    expect(positions([event, amend(2, event, { ticket: 'b' }), retract(3, event)])).toEqual([]);
  });

  it('say what they said before when the amendment is taken back', () => {
    const change = amend(2, event, { ticket: 'b' });
    expect(effectiveEvents([event, change, retract(3, change)])).toEqual([event]);
  });

  it('an amended retraction takes back what it names now', () => {
    const other = fact('ticket.opened', 4, { ticket: 'z' }, { n: 2 });
    const back = retract(3, event);
    expect(positions([event, other, back, amend(4, back, { events: [ref(other)], reason: 'wrong one' })])).toEqual(['1.1']);
  });
});

describe('What the events say', () => {
  it('does not depend on the order in which they are read, nor on duplicates', () => {
    const shuffled = correctedHistories().chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    fc.assert(fc.property(shuffled, ([events, mixed]) => {
      expect(effectiveEvents([...mixed, ...events.slice(0, 5)])).toEqual(effectiveEvents(events));
      expect(foldEvents(mixed, utc)).toEqual(foldEvents(events, utc));
    }));
  });

  it('only corrections make a refold necessary', () => {
    expect(needsRefold(retract(1, { source: 's', id: 'i' }))).toBe(true);
    expect(needsRefold(fact('ticket.opened', 1, { ticket: 'a' }))).toBe(false);
  });
});
