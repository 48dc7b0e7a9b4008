import { Query } from '@nestjs/cqrs';
import { readStreamRows, type Sql } from '#event-store';
import { JOURNEY_MAP, journeyMapsAfter, type JourneyMapVersion } from '#journey';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';

/** All versions of a tenant's map that were decided by a moment (by when they were told); left out: now. The last one counts. */
export async function mapsOf(sql: Sql, tenant: string, knownAt?: string): Promise<ReturnType<typeof journeyMapsAfter>> {
  const decisions = await readStreamRows(sql, { tenant, ...JOURNEY_MAP });
  return journeyMapsAfter(knownAt === undefined ? decisions : decisions.filter(({ observedAt }) => Date.parse(observedAt) <= Date.parse(knownAt)));
}

export interface JourneyMapAnswer extends JourneyMapVersion {
  /** Whether it is the one that counts now. */
  readonly inForce: boolean;
  /** All versions, the first one (0) included. */
  readonly versions: readonly Omit<JourneyMapVersion, 'map'>[];
  /** That nobody has decided and the first map counts; null once somebody has. */
  readonly say: string | null;
}

export class GetJourneyMap extends Query<JourneyMapAnswer> {
  constructor(readonly options: { readonly tenant: string; /** Left out: the one that counts now. */ readonly version?: number }) {
    super();
  }
}

const FIRST = 'The first map counts: nobody has decided otherwise. It leads from the sale over onboarding, adoption and value to the renewal, or out.';

/** @throws QueryRefused for a version that there is not */
export function getJourneyMap({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant, version }: GetJourneyMap['options']): Promise<JourneyMapAnswer> {
  return read(reader, tenant, async (sql) => {
    const maps = await mapsOf(sql, tenant);
    const last = maps.at(-1)!;
    const asked = version === undefined ? last : maps[version];
    if (!asked) throw new QueryRefused('invalid-parameter', `There is no version ${version} of the map; the newest is ${last.version}.`, 'version');
    return { ...asked, inForce: asked === last, versions: maps.map(({ map: _, ...told }) => told), say: asked.version === 0 && asked === last ? FIRST : null };
  });
}
