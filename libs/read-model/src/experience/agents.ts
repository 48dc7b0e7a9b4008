import type { Experience } from './load.js';
import type { Measures } from './measures.js';

/** Of people of ours nothing is told that stands on fewer tickets or answers. */
export const LEAST = 30;

export interface AgentPart { readonly key: string | null; readonly part: Experience; readonly measures: Measures }

/**
 * Agents and figures that may be shown. What is hidden could be told by taking the figures shown from that of all; so of each figure the smallest of these are hidden too,
 * until what is hidden is of two agents at least and of 30 (complementary suppression, as statistics offices do it). An agent of whom no figure is left is not shown.
 */
export function shownAgents(agents: readonly AgentPart[]): { shown: AgentPart[]; isTold(key: string | null, figure: string): boolean } {
  const away = new Set(agents.filter(({ part }) => part.tickets.length < LEAST || part.answers.length < LEAST));
  const counts = new Map(agents.map((agent) => [agent, new Map(figuresIn(agent.measures).map(({ name, n }) => [name, n]))]));
  const names = [...new Set([...counts.values()].flatMap((own) => [...own.keys()]))];
  const hidden = new Map(names.map((name) => [name, hiddenAmong(agents, (agent) => counts.get(agent)!.get(name) ?? 0, away)]));
  const isHidden = (agent: AgentPart, name: string) => hidden.get(name)?.has(agent) ?? true;
  const shown = agents.filter((agent) => names.some((name) => !isHidden(agent, name)));
  return {
    isTold: (key, figure) => shown.some((agent) => agent.key === key && !isHidden(agent, figure)),
    shown: shown.map((agent) => ({ ...agent, measures: withoutFigures(agent.measures, (name) => isHidden(agent, name)) })),
  };
}

/** Those `away`, those below the limit, and the smallest others until nobody among them can be told. Of whom nothing was counted, nothing can be. */
function hiddenAmong(agents: readonly AgentPart[], sizeOf: (agent: AgentPart) => number, away: ReadonlySet<AgentPart>): ReadonlySet<AgentPart> {
  const hidden = new Set(agents.filter((agent) => away.has(agent) || sizeOf(agent) < LEAST));
  const others = agents.filter((agent) => !hidden.has(agent)).sort((a, b) => sizeOf(a) - sizeOf(b) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
  for (const next of others) {
    const counted = [...hidden].map(sizeOf).filter((size) => size > 0);
    if (counted.length === 0 || (counted.length > 1 && counted.reduce((total, size) => total + size) >= LEAST)) break;
    hidden.add(next);
  }
  return hidden;
}

interface Counted { readonly name: string; readonly n: number }

/** What is a figure: it has its n; times of tickets have that of their mean. */
function countOf(value: object): number | null {
  if ('mean' in value) return (value.mean as { n: number }).n;
  return 'n' in value && 'value' in value ? value.n as number : null;
}

const partsOf = (value: object): [string, unknown][] => (Array.isArray(value) ? value.map((each: { scale?: string }, place): [string, unknown] => [each.scale ?? String(place), each]) : Object.entries(value));

function figuresIn(value: unknown, name = ''): Counted[] {
  if (value === null || typeof value !== 'object') return [];
  const n = countOf(value);
  return n !== null ? [{ name, n }] : partsOf(value).flatMap(([key, each]) => figuresIn(each, `${name}/${key}`));
}

/** The same with null in place of hidden figures; how many were counted stays. Who of an agent's customers answers is left out. */
function withoutFigures(measures: Measures, isHidden: (name: string) => boolean): Measures {
  return { ...without(measures, isHidden), response: { ...without(measures.response, isHidden, '/response'), bias: { segment: [], role: [] } } };
}

const KEPT = new Set(['n', 'waiting', 'unjudged', 'left', 'scale', 'method', 'currency', 'effectiveN']);

function without<T>(value: T, isHidden: (name: string) => boolean, name = ''): T {
  if (value === null || typeof value !== 'object') return value;
  if (countOf(value) !== null) return isHidden(name) ? blank(value) : value;
  if (Array.isArray(value)) return partsOf(value).map(([key, each]) => without(each, isHidden, `${name}/${key}`)) as T;
  return Object.fromEntries(partsOf(value).map(([key, each]) => [key, without(each, isHidden, `${name}/${key}`)])) as T;
}

function blank<T>(figure: T): T {
  return Object.fromEntries(Object.entries(figure as object).map(([key, each]) => [key, KEPT.has(key) ? each : key === 'mean' ? blank(each) : null])) as T;
}
