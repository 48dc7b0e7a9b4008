import type { FeedReader, Stretch } from '#outbound';
import { ApiProblem } from '../problems/api-problem.js';

/** How long a page looks for more of what passes before it says how far it came. */
const LOOK_MS = 1_000;
/** How often a page that waits asks whether its key is still good. */
const CHECK_MS = 2_000;
/** A page ends with the event by which it has so many characters. */
const MOST_CHARACTERS = 1_048_576;

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
  /** Whether the reader may still read. */
  readonly mayGoOn: () => Promise<boolean>;
}

/**
 * The next events: what stands in the log until the page is full, else what comes first; none when none has come in time, or the signal aborts.
 * @throws ApiProblem `unauthorized` once the reader may not go on
 */
export async function pageOf(reader: FeedReader, { limit, waitMs, signal, mayGoOn }: PageWanted): Promise<FeedPage> {
  const began = performance.now();
  const events: string[] = [];
  let [size, atEnd] = [0, false];
  const take = async (stretch: Stretch) => {
    if (!await mayGoOn()) throw new ApiProblem('unauthorized', 'The key was revoked, or has expired, before the page was complete.');
    for (const { text } of stretch.events) size += text.length;
    events.push(...stretch.events.map(({ text }) => text));
    ({ atEnd } = stretch);
  };
  const looking = () => performance.now() - began < (events.length === 0 ? Math.max(LOOK_MS, waitMs) : LOOK_MS);
  do await take(await reader.page(limit - events.length));
  while (!atEnd && events.length < limit && size < MOST_CHARACTERS && looking() && !signal.aborted);
  const until = began + waitMs;
  while (events.length === 0 && performance.now() < until && !signal.aborted) await take(await reader.next({ until: Math.min(until, performance.now() + CHECK_MS), signal, most: limit }));
  return { events, position: reader.position, more: !atEnd };
}
