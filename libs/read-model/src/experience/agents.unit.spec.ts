import { describe, expect, it } from '@jest/globals';
import { shownAgents } from './agents.js';
import type { Experience } from './load.js';
import { measuresOf } from './measures.js';

const at = '2026-10-01T09:00:00.000Z';
const many = <T>(count: number, make: (place: number) => T) => Array.from({ length: count }, (_, place) => make(place));
/** An agent with so many tickets, CSAT answers and NPS answers. */
function agentOf(key: string, tickets: number, csat: number, nps: number) {
  const answer = (kind: string, [min, max]: readonly [number, number]) => (place: number) => ({ survey: `${key}-${kind}-${place}`, customer: 'a', contact: null, role: null, kind, instrument: kind, min, max, bar: null, score: max, verdict: 'excellent', lostMinutes: null, at, ticket: null, about: null });
  const part = {
    customers: new Map(), askings: [], answers: [...many(csat, answer('csat', [1, 5])), ...many(nps, answer('nps', [0, 10]))],
    tickets: many(tickets, (place) => ({ id: `${key}-${place}`, customer: 'a', firstAt: at, queue: null, category: null, priority: null, agent: key, contact: null, opened: at, responded: at, resolved: at, running: [], everResolved: true, reopened: 0, escalated: 0, missed: [] })),
  } as unknown as Experience;
  return { key, part, measures: measuresOf(part, { until: at, work: { timeZone: 'UTC', week: [], holidays: [] } as never, withTickets: true }) };
}
const figuresOf = (agents: ReturnType<typeof agentOf>[]) => shownAgents(agents).shown.map(({ key, measures: { csat, nps, tickets } }) => [key, csat.value, nps.respondent.value, tickets!.slaKept.value, nps.respondent.low, tickets!.resolve.wall.median]);

describe('Figures of agents', () => {
  it('are shown one by one, each from 30 on', () => {
    expect(figuresOf([agentOf('a', 40, 40, 1), agentOf('b', 40, 30, 30), agentOf('c', 40, 40, 31), agentOf('d', 40, 40, 29)])).toEqual([['a', 1, null, 1, null, 0], ['b', 1, 100, 1, expect.any(Number), 0], ['c', 1, 100, 1, expect.any(Number), 0], ['d', 1, null, 1, null, 0]]);
  });

  it('are hidden where they would tell, taken from all, one that is hidden', () => {
    const small = agentOf('small', 1, 1, 0);
    expect(figuresOf([agentOf('big', 30, 30, 0), small])).toEqual([]);
    expect(figuresOf([agentOf('big', 30, 30, 0), agentOf('bigger', 50, 50, 0), small])).toEqual([['bigger', 1, null, 1, null, 0]]);
    expect(figuresOf([agentOf('big', 30, 30, 0), agentOf('other', 10, 10, 0), small])).toEqual([]);
    expect(figuresOf([agentOf('big', 30, 30, 0), agentOf('other', 29, 29, 0), small])).toEqual([['big', 1, null, 1, null, 0]]);
    // The only one hidden with NPS answers hides those of the next as well, and nothing else of it.
    expect(figuresOf([agentOf('a', 40, 40, 5), agentOf('b', 40, 30, 40), agentOf('c', 40, 40, 50)])).toEqual([['a', 1, null, 1, null, 0], ['b', 1, null, 1, null, 0], ['c', 1, 100, 1, expect.any(Number), 0]]);
  });

  it('are told of none whose facts may not be named', () => {
    const { isTold } = shownAgents([agentOf('a', 40, 40, 1), agentOf('b', 5, 5, 0), agentOf('c', 60, 60, 0)]);
    expect([isTold('c', '/csat'), isTold('a', '/csat'), isTold('a', '/nps/respondent'), isTold('b', '/csat'), isTold('x', '/csat')]).toEqual([true, false, false, false, false]);
  });
});
