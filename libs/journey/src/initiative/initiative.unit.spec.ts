import { describe, expect, it } from '@jest/globals';
import { formatPosition, type JourneyEvent } from '../envelope.js';
import { decideInitiative } from './decide-initiative.js';
import { evolveInitiative, type Initiative } from './initiative.js';
import { initiativeLinks } from './initiative-links.js';

const request = (customer: string, feedback: string) => ({ customer, feedback });
const own = (n: number, type: string, data: Record<string, unknown> = {}): JourneyEvent => {
  const at = `2026-0${n}-01T00:00:00.000Z`;
  return { source: 'touchline:initiative', id: `I-7:${n}`, position: formatPosition(1, n), stream: { tenant: 'acme', category: 'initiative', id: 'I-7' }, revision: n, type: `initiative.${type}`, version: 1, occurredAt: at, observedAt: at, recordedAt: at, witnessed: true, actor: { kind: 'person', id: 'ann' }, data: { initiative: 'I-7', ...data } };
};
const stateOf = (events: readonly JourneyEvent[]) => events.reduce<Initiative | null>(evolveInitiative, null);
const started = own(1, 'started', { title: 'Tablets', requests: [request('a', 'F-1'), request('a', 'F-2'), request('b', 'F-1')] });

describe('An initiative', () => {
  it('is started once, each request of it once', () => {
    expect(decideInitiative(null, 'I-7', { do: 'start', title: 'Tablets', requests: [request('a', 'F-1'), request('a', 'F-1')] })).toEqual({ type: 'initiative.started', data: { initiative: 'I-7', title: 'Tablets', requests: [request('a', 'F-1')] } });
    expect(decideInitiative(stateOf([started]), 'I-7', { do: 'start', title: 'Tablets' })).toMatchObject({ refused: 'initiative-known' });
    for (const command of ['deliver', 'tell', 'drop'] as const) expect(decideInitiative(null, 'I-7', { do: command })).toMatchObject({ refused: 'initiative-unknown' });
  });

  it('is linked to what is new, delivered once, and told of only once it is there', () => {
    const running = stateOf([started]);
    expect(decideInitiative(running, 'I-7', { do: 'link', requests: [request('b', 'F-1')] })).toBeNull();
    expect(decideInitiative(running, 'I-7', { do: 'link', requests: [request('b', 'F-1'), request('c', 'F-9')] })).toMatchObject({ data: { requests: [request('c', 'F-9')] } });
    expect(decideInitiative(running, 'I-7', { do: 'tell' })).toMatchObject({ refused: 'initiative-not-delivered' });
    const there = stateOf([started, own(2, 'delivered')]);
    expect(decideInitiative(there, 'I-7', { do: 'deliver' })).toBeNull();
    expect(decideInitiative(there, 'I-7', { do: 'tell' })).toMatchObject({ type: 'initiative.customer-told' });
    expect(decideInitiative(there, 'I-7', { do: 'drop' })).toMatchObject({ refused: 'initiative-over' });
    expect(decideInitiative(stateOf([started, own(2, 'dropped')]), 'I-7', { do: 'link', requests: [request('c', 'F-9')] })).toMatchObject({ refused: 'initiative-over' });
  });
});

describe('What an initiative brings into the stories of customers', () => {
  const links = (events: readonly JourneyEvent[]) => initiativeLinks(events, events.at(-1)!).map(({ customer, type, data, occurredAt }) => [customer, type.slice(11), data['requests'] ?? null, occurredAt.slice(5, 7)]);

  it('links each who asked once, with all their requests', () => {
    expect(links([started])).toEqual([['a', 'customer-linked', ['F-1', 'F-2'], '01'], ['b', 'customer-linked', ['F-1'], '01']]);
  });

  it('tells those who are linked by then that it is there; who comes later has it at once, and was not told', () => {
    const there = [started, own(2, 'delivered')];
    const told = [...there, own(3, 'customer-told')];
    expect(links(there)).toEqual([['a', 'delivered', null, '02'], ['b', 'delivered', null, '02']]);
    expect(links(told).map(([customer, what]) => [customer, what])).toEqual([['a', 'customer-told'], ['b', 'customer-told']]);
    expect(links([...told, own(4, 'requests-linked', { requests: [request('c', 'F-9'), request('b', 'F-3')] })])).toEqual([['c', 'customer-linked', ['F-9'], '04'], ['c', 'delivered', null, '02'], ['b', 'customer-linked', ['F-3'], '04']]);
  });
});
