import { hash } from 'node:crypto';
import type { Append, Database, EventStore } from '#event-store';
import { causationOf, causeIn, type Links, linksFrom } from '#journey';

const SOURCE = 'touchline:insight';
const AT_ONCE = 200;

interface Note { n: string; kept: 'risk_note' | 'health_note'; tenant: string; customer: string; type: string; id: string; data: Record<string, unknown>; noted_at: Date }

/**
 * Appends what was noted of changed risks and of health, and strikes the notes out afterwards: who dies in between appends again, which is a duplicate by its id.
 * @returns how many notes were worked off @throws Error naming notes whose id stands in the log already with other figures: they are struck out, too, for they will never fit
 */
export async function announceChanges(worker: Database, store: EventStore): Promise<number> {
  const notes = await worker.statements((sql) => sql.query<Note>(
    `select n, 'risk_note' as kept, tenant, customer, 'insight.churn-risk-changed' as type, id, data, noted_at from risk_note
     union all select n, 'health_note', tenant, customer, type, id, data, noted_at from health_note order by noted_at, n limit $1`, [AT_ONCE]));
  if (notes.length === 0) return 0;
  const links = await linksOf(store, notes);
  const verdicts = await store.append(notes.map(({ tenant, customer, type, id, data, noted_at }, place): Append => ({
    stream: { tenant, category: 'insight', id: customer }, expected: 'any',
    events: [{ source: SOURCE, id, type, version: 1, occurredAt: noted_at.toISOString(), actor: { kind: 'system', id: SOURCE }, data, bodyHash: hash('sha256', JSON.stringify(data), 'base64url'), ...links[place] }],
  })));
  const done = notes.filter((_, place) => verdicts[place]!.status !== 'wrong-revision');
  for (const kept of ['risk_note', 'health_note'] as const) {
    const numbers = done.filter((note) => note.kept === kept).map(({ n }) => n);
    if (numbers.length > 0) await worker.statements((sql) => sql.query(`delete from ${kept} where n = any($1::bigint[])`, [numbers]));
  }
  const conflicts = notes.filter((_, place) => verdicts[place]!.status === 'conflict');
  if (conflicts.length > 0) throw new Error(`Changes were announced before with other figures: ${conflicts.map(({ tenant, id }) => `${tenant} ${id}`).join(', ')}`);
  return done.length;
}

/** For each note what its cause gives it: of several facts that came late, the latest. Nothing where time alone is the cause. */
async function linksOf(store: EventStore, notes: readonly Note[]): Promise<Links[]> {
  const causes = notes.map(({ data }) => causeIn(data));
  const known = new Map<string, Links>();
  for (const tenant of new Set(notes.map((note) => note.tenant))) {
    const refs = causes.flatMap((ref, place) => (ref && notes[place]!.tenant === tenant ? [ref] : []));
    for (const fact of refs.length === 0 ? [] : await store.find(tenant, refs)) known.set(`${tenant} ${causationOf(fact)}`, linksFrom(fact));
  }
  return causes.map((ref, place) => (ref ? known.get(`${notes[place]!.tenant} ${causationOf(ref)}`) ?? linksFrom(ref) : {}));
}
