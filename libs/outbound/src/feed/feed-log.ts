import type { PlacedEvent } from '../public-event/place-events.js';
import type { FeedEvent } from './feed-event.js';

/** Whose events are read, and whether personal fields are opened. */
export interface View {
  readonly tenant: string;
  readonly unseal: boolean;
}

/** How far the log is final, in which of its lives. */
export interface End {
  readonly epoch: number;
  readonly n: number;
}

/** Which events of a tenant pass. */
export interface Passing {
  /** Types that may pass, where they can be counted: whatever has another does not. */
  readonly types?: readonly string[];
  /** Whether it looks at segments, which cost a look at the customers' streams. */
  readonly segments: boolean;
  readonly passes: (event: PlacedEvent) => boolean;
}

/** A part of the log between two places, both of which are final. */
export interface Part {
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
  readonly segments: boolean;
  readonly types?: readonly string[];
}

/** What the feed reads of the log. */
export interface FeedLog {
  end(): Promise<End>;
  /** Tenants of whom something stands between two places. */
  news(after: number, upTo: number): Promise<ReadonlySet<string>>;
  /** Public events of a tenant: up to `limit`, and how far was looked. */
  page(view: View, part: Part): Promise<{ readonly events: readonly FeedEvent[]; readonly upTo: number }>;
}
