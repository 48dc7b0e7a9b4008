import type { KeyObject } from 'node:crypto';
import type { Sql } from '../postgres/database.js';
import { unwrap, wrap, WrongMasterKey } from './master-key.js';

/** Rows of the table `keyring`: a known text under the master key, and under the former one while the key is being changed. */
type ProofId = 'master' | 'former';

const TEXT = 'touchline master key';

export const proofBy = (master: KeyObject, id: ProofId): Buffer => wrap(master, id, Buffer.from(TEXT));

export function proves(master: KeyObject, id: ProofId, proof: Buffer | undefined): boolean {
  if (!proof) return false;
  try {
    unwrap(master, id, proof);
    return true;
  } catch {
    return false;
  }
}

export async function readProofs(sql: Sql): Promise<Partial<Record<ProofId, Buffer>>> {
  const rows = await sql.query<{ id: ProofId; check: Buffer }>('select id, "check" from keyring');
  return Object.fromEntries(rows.map(({ id, check }) => [id, check]));
}

/** The proof of this master key; the first key to come is remembered. @throws WrongMasterKey, RotationUnfinished */
export async function proveMasterKey(sql: Sql, master: KeyObject): Promise<Buffer> {
  await sql.query('insert into keyring (id, "check") values ($1, $2) on conflict (id) do nothing', ['master', proofBy(master, 'master')]);
  const proofs = await readProofs(sql);
  if (proofs.former) throw new RotationUnfinished();
  if (!proves(master, 'master', proofs.master)) throw new WrongMasterKey();
  return proofs.master!;
}

/** The master key is being changed, or a change of it was broken off: some keys open with the one, some with the other. */
export class RotationUnfinished extends Error {
  override readonly name = 'RotationUnfinished';
  constructor() {
    super('The master key of this database is being changed, or a change of it was cut short. Let it end, or start it again with the same two keys: it goes on where it was. Then start with the new key.');
  }
}
