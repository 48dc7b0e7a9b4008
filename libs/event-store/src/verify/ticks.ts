import type { Projection, Work } from '../engine/projection.js';
import { readLastOfStreams } from '../postgres/read.js';
import type { JourneyEvent } from '#journey';

/** Of facts that concern every customer of a tenant. */
export const tickCategories = ({ categories }: Projection): string[] => categories.filter((category) => category !== 'customer');

/** Brings tables to where the ticks of these tenants have brought them: the newest of a stream stands for those before it. */
export async function tickAll(projection: Projection, work: Work, tenants: readonly string[]): Promise<void> {
  for (const fact of await readLastOfStreams(work.sql, tickCategories(projection), work.upTo, tenants)) await tick(projection, work, fact);
}

export async function tick(projection: Projection, work: Work, fact: JourneyEvent): Promise<void> {
  while (await projection.tick?.(work, fact));
}
