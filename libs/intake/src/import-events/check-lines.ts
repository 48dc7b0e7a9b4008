import { refText } from '../identity/customer-ref.js';
import { defaultLimits } from '../limits.js';
import type { ImportLine } from './import-line.js';
import { itemOfLine } from './item-of-line.js';
import { splitLines } from './lines.js';

/**
 * What can be said of NDJSON without a database: every line by itself, as a dry run says it. Whether its events are stored, or come
 * twice, is not looked up. `customers` counts them as they are named.
 */
export async function* checkLines(lines: AsyncIterable<Buffer | string>, importId: string, clock: () => Date): AsyncGenerator<ImportLine> {
  const started = clock();
  const customers = new Set<string>();
  const counts = { lines: 0, appended: 0, duplicate: 0, conflict: 0, rejected: 0, valid: 0 };
  for await (const group of splitLines(lines, defaultLimits.itemBytes)) {
    const door = { receivedAt: clock(), mayDeclareObservedAt: true };
    for (const line of group) {
      const item = itemOfLine(line, door, defaultLimits);
      counts.lines += 1;
      counts['problem' in item ? 'rejected' : 'valid'] += 1;
      if ('problem' in item) yield { line: line.line, status: 'rejected', ...item };
      else customers.add(refText(item.envelope.customer));
    }
    yield { progress: { lines: counts.lines, position: null } };
  }
  yield { summary: { import: importId, ...counts, customers: customers.size, historic: 0, position: null, seconds: (clock().getTime() - started.getTime()) / 1_000 } };
}
