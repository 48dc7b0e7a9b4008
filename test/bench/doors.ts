import { ensureTenant, generateMasterKey, migrate } from '#event-store';
import { issueKey } from '../../apps/api/src/access/api-keys.js';
import { allMigrations } from '../../apps/api/src/all-migrations.js';
import { type Child, finish, nextLine, spawnTypescript } from '../support/child.js';
import type { House } from './house.js';

/** Ours and the limit, each a process of its own; the load comes from this one. */
export interface Doors {
  readonly ours: string;
  readonly bare: string;
  readonly headers: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const masterKey = generateMasterKey();

/** Everything that the API needs in the house's database. @returns the master key, the same at every call */
export async function furnish({ url, worker }: House): Promise<string> {
  await migrate(url, allMigrations);
  await ensureTenant(worker, 'bench', 'Europe/Berlin');
  return masterKey;
}

/** `bare`: how many connections the limit has, and what it lists. */
export async function openDoors(house: House, bare: readonly string[]): Promise<Doors> {
  await furnish(house);
  const { key } = await issueKey(house.worker, { tenant: 'bench', name: 'bench', role: 'admin', actor: { kind: 'system', id: 'bench' } });
  const children: Child[] = [spawnTypescript('test/bench/servers/ours.ts', [house.url, masterKey]), spawnTypescript('test/bench/servers/bare.ts', [house.url, ...bare])];
  const [ours, limit] = await Promise.all(children.map(nextLine));
  return { ours: ours!, bare: limit!, headers: { authorization: `Bearer ${key}` }, close: async () => void await Promise.all(children.map(finish)) };
}
