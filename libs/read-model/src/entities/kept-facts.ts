import { formatPosition, type JourneyEvent, parsePosition } from '#journey';

/** A fact as a row keeps it: of its position the number only. A restore or a promotion begins a new epoch, and what was kept before must be what a rebuild keeps. */
type Kept = readonly [position: number, stream: string, revision: number, type: string, version: number, source: string, id: string, occurredAt: string, observedAt: string, recordedAt: string, witnessed: 0 | 1, actorKind: 'person' | 'system', actor: string, importId: string | null, data: Record<string, unknown>];

const NO_EPOCH = 0;

/** Facts in order as one text. */
export function textOfFacts(ordered: readonly JourneyEvent[]): string {
  return JSON.stringify(ordered.map(({ position, stream, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed, actor, importId, data }): Kept => [
    parsePosition(position).n, stream.id, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed ? 1 : 0, actor.kind, actor.id, importId ?? null, data]));
}

export function factsOfText(tenant: string, text: string): JourneyEvent[] {
  return (JSON.parse(text) as Kept[]).map(([position, stream, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed, kind, actor, importId, data]) => ({
    position: formatPosition(NO_EPOCH, position), stream: { tenant, category: 'customer', id: stream }, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed: witnessed === 1, actor: { kind, id: actor },
    ...(importId === null ? {} : { importId }), data,
  }));
}

/** Earliest first; of the same moment, as the log has them. Each once, and in no epoch: so the same facts make the same row, in whatever order and epoch they came. */
export function inOrder(facts: readonly JourneyEvent[]): JourneyEvent[] {
  const timed = facts.map((fact) => ({ fact, at: Date.parse(fact.occurredAt), n: parsePosition(fact.position).n })).sort((a, b) => a.at - b.at || a.n - b.n);
  return timed.filter(({ n }, place) => n !== timed[place - 1]?.n).map(({ fact, n }) => ({ ...fact, position: formatPosition(NO_EPOCH, n) }));
}
