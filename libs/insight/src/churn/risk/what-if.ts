import { type EventRef, refKey } from '#journey';
import type { ToldEvent } from '../../fact-sheet.js';

/** How a story might have gone: facts that did not happen, and facts that happened (and were known) at another instant. */
export interface Changes {
  readonly without: readonly EventRef[];
  readonly moved: readonly { readonly event: EventRef; readonly to: string }[];
}

/** The story with the changes made, and the events named that are not in it. */
export function alteredStory(story: readonly ToldEvent[], { without, moved }: Changes): { readonly story: readonly ToldEvent[]; readonly unknown: readonly EventRef[] } {
  const gone = new Set(without.map(refKey));
  const times = new Map(moved.map(({ event, to }) => [refKey(event), to]));
  const there = new Set(story.map(refKey));
  return {
    story: story.filter((event) => !gone.has(refKey(event))).map((event) => {
      const to = times.get(refKey(event));
      return to === undefined ? event : { ...event, occurredAt: to, observedAt: to };
    }),
    unknown: [...without, ...moved.map(({ event }) => event)].filter((ref) => !there.has(refKey(ref))),
  };
}
