import type { FeedReader } from '#outbound';

/** How long a page looks for something that passes before it says how far it came. */
const LOOK_MS = 1_000;

export interface FeedPage {
  /** Each as JSON. */
  readonly events: readonly string[];
  /** Where to go on, also when there was nothing. */
  readonly position: string;
  /** Whether more stands in the log already. */
  readonly more: boolean;
}

interface PageWanted {
  readonly limit: number;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** The next events, as soon as there are any; none when none has come in time, or the signal aborts. */
export async function pageOf(reader: FeedReader, { limit, waitMs, signal }: PageWanted): Promise<FeedPage> {
  const began = performance.now();
  let stretch = await reader.page(limit);
  while (stretch.events.length === 0 && !stretch.atEnd && performance.now() - began < Math.max(LOOK_MS, waitMs) && !signal.aborted) stretch = await reader.page(limit);
  const until = began + waitMs;
  while (stretch.events.length === 0 && performance.now() < until && !signal.aborted) stretch = await reader.next({ until, signal, most: limit });
  return { events: stretch.events.map(({ text }) => text), position: reader.position, more: !stretch.atEnd };
}
