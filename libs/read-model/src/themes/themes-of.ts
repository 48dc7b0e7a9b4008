import { readStreamsRows, type Sql, streamsIn } from '#event-store';
import { firstThemes, type Theme } from '#insight';
import { effectiveEvents } from '#journey';

/** The category of the streams of themes. */
export const THEMES = 'theme';

export interface Themes {
  readonly themes: readonly Theme[];
  /** Whether the tenant has set any; else these are the first ones. */
  readonly own: boolean;
}

/** The themes that a tenant counts under now, in the order of their ids; until it has set one, the first ones. */
export async function themesOf(sql: Sql, tenant: string): Promise<Themes> {
  const streams = (await streamsIn(sql, tenant, THEMES)).map(({ id }) => id);
  if (streams.length === 0) return { themes: firstThemes, own: false };
  const events = effectiveEvents(await readStreamsRows(sql, tenant, THEMES, streams, Number.MAX_SAFE_INTEGER));
  const newest = new Map(events.map((event) => [String(event.data['theme']), event]));
  const themes = [...newest].filter(([, { type }]) => type === 'theme.set').map(([id, { data }]): Theme => (
    { id, label: String(data['label']), words: data['words'] as string[], categories: (data['categories'] as string[] | undefined) ?? [] }));
  return { themes: themes.sort((a, b) => (a.id < b.id ? -1 : 1)), own: true };
}
