import type { JourneyEvent } from '#journey';
import { inSpan } from './in-span.js';
import { tell } from './measures.js';

/** What a projection applies in one transaction: measured when it is through, and in a span that is linked to the traces of its events. */
export function observedBatch<T>(projection: string, events: readonly JourneyEvent[], apply: () => Promise<T>): Promise<T> {
  return inSpan(`project ${projection}`, { kind: 'consumer', attributes: { 'touchline.events': events.length }, about: () => events.map(({ traceParent }) => traceParent) }, async () => {
    const began = performance.now();
    const result = await apply();
    tell('batch', { projection, seconds: (performance.now() - began) / 1_000, events: events.length });
    return result;
  });
}
