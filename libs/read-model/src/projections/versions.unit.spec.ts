import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { priorChurnModel } from '#insight';
import type { JourneyEvent } from '#journey';
import { correctedHistories } from '../../../insight/src/testing/histories.js';
import { TODAY } from '../../../insight/src/testing/facts.js';
import { customerSteps, newState } from '../customers/customer-state.js';
import { firstCards } from '../scorecards/cards-in-force.js';
import { entityTables } from '../entities/entity-tables.js';
import { foldEntities } from '../entities/fold-entities.js';
import { dayOfIn } from '../tenant.js';
import { timelineSteps } from '../timeline/touch-row.js';
import { projections } from './projections.js';

const LOCK = new URL('./versions.lock.json', import.meta.url);
const dayOf = dayOfIn('Europe/Berlin');

/** What a projection makes of one history: the row, or that it cannot be computed. */
const rows: Record<string, (history: readonly JourneyEvent[]) => unknown> = {
  customers: (history) => {
    const state = newState('acme', 'c1', TODAY + 1);
    customerSteps.refold(state, history, firstCards.whole, dayOf);
    return customerSteps.rowOf(state, 0, firstCards, priorChurnModel);
  },
  timeline: timelineSteps.touchesOf,
  entities: (history) => [...foldEntities(entityTables, { tenant: 'acme', customer: 'c1' }, history)].map(([{ name }, values]) => [name, values]),
};

/** The same for keys in any order. */
const text = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (
  typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));

function digestOf(name: string): string {
  const hash = createHash('sha256');
  for (const history of fc.sample(correctedHistories(40), { seed: 7, numRuns: 60 })) hash.update(text(rows[name]!(history)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * A worker follows only rows of the version that it carries; so a change that makes other rows of the same facts must raise the version, or the
 * rows of old and new code would lie in one table. A change of columns alone is not seen here: raise the version for it too.
 */
describe.each(projections().map((projection) => [projection.name, projection] as const))('The rows of %s', (name, { version }) => {
  it('are as before, or of a new version. If you meant to change them: raise the version in the projection, then UPDATE=1 npm test -- libs/read-model/src/projections', () => {
    const lock = JSON.parse(readFileSync(LOCK, 'utf8')) as Record<string, { version: string; digest: string }>;
    const digest = digestOf(name);
    if (process.env['UPDATE'] && lock[name]?.version !== version) writeFileSync(LOCK, `${JSON.stringify({ ...lock, [name]: { version, digest } }, null, 2)}\n`);
    else expect({ version, digest }).toEqual(lock[name]);
  });
});
