import type { Database, DirectoryFound, Flaw, Pages } from '#event-store';
import { type AliasDoubt, givenByLog, heldInDirectory } from './alias-doubts.js';

const LOOK_AGAIN_MS = 500;
const PATIENCE_MS = 5_000;
/** More that is wrong changes nothing in what is to be done. */
const MANY = 1_000;

/**
 * The directory of aliases against the alias facts of the log, in both directions. A batch writes the directory first and the log afterwards, so what does not
 * fit is looked at again for some seconds before it counts. Yields after each page.
 */
export async function* verifyAliases(database: Database, { positions, ids }: Pages, patienceMs = PATIENCE_MS): AsyncGenerator<DirectoryFound> {
  const doubts = new Map<string, AliasDoubt>();
  let aliases = 0;
  const note = (found: readonly AliasDoubt[]) => { for (const doubt of found) if (doubts.size < MANY) doubts.set(keyOf(doubt), doubt); };
  for (let last: readonly string[] = ['', '', '']; ;) {
    const page = await database.transaction((sql) => heldInDirectory(sql, { after: last, limit: ids }));
    note(page.doubts);
    aliases += page.looked;
    yield { aliases, flaws: [] };
    if (page.looked < ids) break;
    last = page.last;
  }
  const [horizon] = await database.transaction((sql) => sql.query<{ n: string }>('select log_horizon() as n'));
  const n = Number(horizon!.n);
  for (let after = 0; after < n; after += positions) {
    note(await database.transaction((sql) => givenByLog(sql, { after, upTo: Math.min(after + positions, n) })));
    yield { aliases, flaws: [] };
  }
  for (const until = performance.now() + patienceMs; doubts.size > 0 && performance.now() < until;) {
    await new Promise((wake) => setTimeout(wake, LOOK_AGAIN_MS));
    const still = await stillDoubtful(database, [...doubts.values()]);
    doubts.clear();
    note(still);
    yield { aliases, flaws: [] };
  }
  yield { aliases, flaws: [...doubts.values()].map(flawOf) };
}

/** In one snapshot. Where both directions have something to say of an alias, the log has the word. */
function stillDoubtful(database: Database, doubts: readonly AliasDoubt[]): Promise<AliasDoubt[]> {
  return database.transaction(async (sql) => {
    const { doubts: held } = await heldInDirectory(sql, { only: doubts });
    return [...held, ...await givenByLog(sql, { at: doubts.flatMap(({ position }) => position ?? []) })];
  }, 'repeatable read');
}

const keyOf = ({ tenant, system, id }: AliasDoubt) => `${tenant}/${system}:${id}`;

function flawOf({ tenant, system, id, position, claimant, holder }: AliasDoubt): Flaw {
  const alias = `${system}:${id}`;
  const says = position === null
    ? `The directory gives the alias ${alias} to the customer ${holder}, of whom the log does not tell it. Send customer.alias-added for ${holder} as a new event, or customer.alias-removed if it is not theirs.`
    : holder === null
      ? `The log gives the alias ${alias} to the customer ${claimant} (position ${position}), the directory to nobody. Send customer.alias-added for ${claimant} as a new event, or customer.alias-removed if it is no longer theirs.`
      : `The log gives the alias ${alias} to the customer ${claimant} (position ${position}), the directory to ${holder}. Send customer.alias-removed for ${holder}, then customer.alias-added for ${claimant}, both as new events.`;
  return { check: 'aliases', tenant, says };
}
