import type { KeyObject } from 'node:crypto';
import type { Database, Sql } from '../postgres/database.js';
import { unwrap, wrap, WrongMasterKey } from './master-key.js';
import { proofBy, proves, readProofs, RotationUnfinished } from './master-proof.js';

const SLICE = 5_000;

interface Place { readonly tenant: string; readonly subject: string }

export interface RotationOptions {
  /** Keys wrapped anew in one transaction. */
  readonly slice?: number;
  /** Told after each slice how many keys are done. */
  readonly progress?: (keys: number) => void;
}

/**
 * Wraps every key anew, under another master key; what the keys sealed stays as it is. From its first transaction on the former key makes no new keys
 * and does not start; keys that are done no longer open with it. Cut short, it goes on when it is called again with the same two keys.
 * Needs the worker role. @returns how many keys this call wrapped. @throws WrongMasterKey unless `former` is the key of this database; RotationUnfinished when a change to another key was cut short
 */
export async function rotateMasterKey(worker: Database, former: KeyObject, next: KeyObject, { slice = SLICE, progress }: RotationOptions = {}): Promise<number> {
  if (former.equals(next)) throw new RangeError('The new master key is the old one. Make another with: openssl rand -base64 32');
  if (!await worker.transaction((sql) => begin(sql, former, next))) return 0;
  let keys = 0;
  for (let after: Place | undefined = { tenant: '', subject: '' }; after;) {
    const from: Place = after;
    const { last, wrapped } = await worker.transaction((sql) => wrapSlice(sql, { former, next, from, slice }));
    keys += wrapped;
    progress?.(keys);
    after = last;
  }
  await worker.transaction((sql) => sql.query(`delete from keyring where id = 'former'`));
  return keys;
}

/** Takes the former key out of service. Whoever is making a key with it holds the proof: that is waited for. @returns false when all is done already */
async function begin(sql: Sql, former: KeyObject, next: KeyObject): Promise<boolean> {
  // Of two who change it at once, the second sees what the first has done.
  await sql.query('lock table keyring in share row exclusive mode');
  const proofs = await readProofs(sql);
  if (proofs.former) {
    if (proves(former, 'former', proofs.former) && proves(next, 'master', proofs.master)) return true;
    throw new RotationUnfinished();
  }
  if (proves(next, 'master', proofs.master)) return false;
  if (!proves(former, 'master', proofs.master)) throw new WrongMasterKey();
  await sql.query(`update keyring set "check" = $1 where id = 'master'`, [proofBy(next, 'master')]);
  await sql.query(`insert into keyring (id, "check") values ('former', $1)`, [proofBy(former, 'former')]);
  return true;
}

interface Slice { readonly former: KeyObject; readonly next: KeyObject; readonly from: Place; readonly slice: number }

async function wrapSlice(sql: Sql, { former, next, from, slice }: Slice): Promise<{ last?: Place; wrapped: number }> {
  const rows = await sql.query<Place & { kid: string; wrapped: Buffer }>(
    `select tenant, subject, kid::text as kid, wrapped from subject_key where (tenant, subject) > ($1, $2) and wrapped is not null order by tenant, subject limit $3 for update`,
    [from.tenant, from.subject, slice]);
  const still = rows.flatMap(({ kid, wrapped }) => {
    const key = openedBy(former, kid, wrapped);
    if (key) return [{ kid, wrapped: wrap(next, kid, key) }];
    unwrap(next, kid, wrapped);
    return [];
  });
  await sql.query('update subject_key as k set wrapped = n.wrapped from unnest($1::uuid[], $2::bytea[]) as n (kid, wrapped) where k.kid = n.kid',
    [still.map(({ kid }) => kid), still.map(({ wrapped }) => wrapped)]);
  return { last: rows.at(-1), wrapped: still.length };
}

function openedBy(master: KeyObject, kid: string, wrapped: Buffer): Buffer | undefined {
  try {
    return unwrap(master, kid, wrapped);
  } catch {
    return undefined;
  }
}
