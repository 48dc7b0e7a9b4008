import type { Append, AppendVerdict } from '../event-store.js';
import { inSpan } from './in-span.js';
import { tell } from './measures.js';

/** What every store wraps its append in: measured, and in a span of its own. */
export function observedAppend(appends: readonly Append[], append: (appends: readonly Append[]) => Promise<AppendVerdict[]>): Promise<AppendVerdict[]> {
  const events = appends.reduce((sum, each) => sum + each.events.length, 0);
  return inSpan('append', { attributes: { 'touchline.events': events } }, async () => {
    const began = performance.now();
    const done = (outcome: 'done' | 'failed') => tell('append', { seconds: (performance.now() - began) / 1_000, events, outcome });
    try {
      const verdicts = await append(appends);
      done('done');
      return verdicts;
    } catch (error) {
      done('failed');
      throw error;
    }
  });
}
