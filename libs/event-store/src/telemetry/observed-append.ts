import type { Append, AppendVerdict } from '../event-store.js';
import { inSpan, traceParent } from './in-span.js';
import { tell } from './measures.js';

/** What every store wraps its append in: measured, and in a span of its own, which events remember that come with none of their sender's. */
export function observedAppend(appends: readonly Append[], append: (appends: readonly Append[]) => Promise<AppendVerdict[]>): Promise<AppendVerdict[]> {
  const events = appends.reduce((sum, each) => sum + each.events.length, 0);
  return inSpan('append', { attributes: { 'touchline.events': events } }, async () => {
    const began = performance.now();
    const done = (outcome: 'done' | 'failed') => tell('append', { seconds: (performance.now() - began) / 1_000, events, outcome });
    try {
      const verdicts = await append(withTrace(appends, traceParent()));
      done('done');
      return verdicts;
    } catch (error) {
      done('failed');
      throw error;
    }
  });
}

function withTrace(appends: readonly Append[], parent: string | undefined): readonly Append[] {
  if (parent === undefined) return appends;
  return appends.map((each) => ({ ...each, events: each.events.map((event) => (event.traceParent === undefined ? { ...event, traceParent: parent } : event)) }));
}
