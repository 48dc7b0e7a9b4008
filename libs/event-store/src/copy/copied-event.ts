import type { JourneyEvent } from '#journey';
import type { NewEvent } from '../event-store.js';

/** An event of the log that is copied, and the hash by which its id knows its body. */
export interface Copied { readonly event: JourneyEvent; readonly bodyHash: string }

/** As it was when it was new. */
export function asNew({ event, bodyHash }: Copied): NewEvent {
  const { position: _, stream: __, revision: ___, recordedAt: ____, observedAt, witnessed, ...rest } = event;
  return { ...rest, bodyHash, ...(witnessed ? {} : { observedAt }) };
}
