import type { JourneyEvent } from '#journey';
import { foldEvents } from '../fold-events.js';
import { signalOf, type SignalName } from '../signals/all.js';
import { viewOf } from '../view.js';
import { TODAY, utc } from './facts.js';

/** What a signal reads off a history, its words said, and since when it is so; where it takes a card to say that, since when it is bad. */
export function readSignal(name: SignalName, events: readonly JourneyEvent[], { day = TODAY, isBad = () => true }: { readonly day?: number; readonly isBad?: (value: number) => boolean } = {}) {
  const reading = signalOf(name)(viewOf(foldEvents(events, utc), day));
  if ('missing' in reading) return reading;
  const { what, sinceWhile, since, ...figures } = reading;
  return { ...figures, since: since ?? sinceWhile?.(isBad), what: what() };
}
