import { comparePositions, type JourneyEvent } from '#journey';

/** A fact as a row keeps it. */
type Kept = readonly [position: string, stream: string, revision: number, type: string, version: number, source: string, id: string, occurredAt: string, observedAt: string, recordedAt: string, witnessed: 0 | 1, actorKind: 'person' | 'system', actor: string, importId: string | null, data: Record<string, unknown>];

/** Facts in the order in which they happened, as one text. The same facts make the same text, in whatever order they came. */
export function textOfFacts(facts: readonly JourneyEvent[]): string {
  return JSON.stringify(inOrder(facts).map(({ position, stream, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed, actor, importId, data }): Kept => [
    position, stream.id, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed ? 1 : 0, actor.kind, actor.id, importId ?? null, data]));
}

export function factsOfText(tenant: string, text: string): JourneyEvent[] {
  return (JSON.parse(text) as Kept[]).map(([position, stream, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed, kind, actor, importId, data]) => ({
    position, stream: { tenant, category: 'customer', id: stream }, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed: witnessed === 1, actor: { kind, id: actor },
    ...(importId === null ? {} : { importId }), data,
  }));
}

/** Earliest first; of the same moment, as the log has them. Each once. */
export function inOrder(facts: readonly JourneyEvent[]): JourneyEvent[] {
  return [...facts].sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || comparePositions(a.position, b.position)).filter(({ position }, place, all) => position !== all[place - 1]?.position);
}
