import { type Database, type KeyRing, readHorizon, readLogRows, readTenantsWithin } from '#event-store';
import { parsePosition } from '#journey';
import { placeEvents } from '../public-event/place-events.js';
import { PUBLIC_CATEGORIES, publicEvent } from '../public-event/public-event.js';
import { unsealed } from '../public-event/unsealed.js';
import { FeedEvent } from './feed-event.js';
import type { End, FeedLog, Part, View } from './feed-log.js';

/** Positions that one statement looks at, so that none takes long however few of them are of the tenant, or pass. */
const WINDOW = 10_000;

export interface PostgresFeedLogOptions {
  readonly worker: Database;
  readonly reader: Database;
  readonly keys: KeyRing;
  readonly publicUrl?: string;
}

/** The log in PostgreSQL. Events are read as the reader role in their tenant, so row-level security shows nobody another's. */
export class PostgresFeedLog implements FeedLog {
  constructor(private readonly options: PostgresFeedLogOptions) {}

  end(): Promise<End> {
    return this.options.worker.statements(readHorizon);
  }

  news(after: number, upTo: number): Promise<ReadonlySet<string>> {
    return this.options.worker.statements(async (sql) => new Set(await readTenantsWithin(sql, after, upTo, PUBLIC_CATEGORIES)));
  }

  page({ tenant, unseal }: View, { after, upTo: end, limit, segments, types }: Part): ReturnType<FeedLog['page']> {
    const { reader, keys, publicUrl } = this.options;
    const upTo = Math.min(end, after + WINDOW);
    return reader.inTenant(tenant, async (sql) => {
      const rows = await readLogRows(sql, after, upTo, limit, { tenant, categories: PUBLIC_CATEGORIES, ...(types && { types }) });
      const placed = await placeEvents(sql, tenant, rows, { segments });
      const told = unseal ? await unsealed(keys, sql, tenant, placed.map(({ event }) => event), publicUrl) : placed.map(({ event }) => publicEvent(event, publicUrl));
      const events = placed.map((each, index) => new FeedEvent(each, parsePosition(each.event.position).n, told[index]!));
      return { events, upTo: rows.length === limit ? parsePosition(rows.at(-1)!.position).n : upTo };
    });
  }
}
