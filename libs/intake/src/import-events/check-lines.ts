import { refText } from '../identity/customer-ref.js';
import { defaultLimits } from '../limits.js';
import { refusedWithGroup } from '../record-events/groups.js';
import { batchesOf } from './batches.js';
import type { ImportLine } from './import-line.js';
import { nothingUnopened } from './not-opened.js';

/**
 * What can be said of NDJSON without a database: every line with its group, as a dry run says it. Whether its events are stored, or come
 * twice, is not looked up. `customers` counts them as they are named.
 */
export async function* checkLines(lines: AsyncIterable<Buffer | string>, importId: string, clock: () => Date): AsyncGenerator<ImportLine> {
  const started = clock();
  const customers = new Set<string>();
  const counts = { lines: 0, appended: 0, duplicate: 0, conflict: 0, rejected: 0, valid: 0 };
  for await (const { lines: numbers, items } of batchesOf(lines, () => ({ receivedAt: clock(), mayDeclareObservedAt: true }), defaultLimits)) {
    const refused = new Map([...items.entries()].flatMap(([index, item]) => ('problem' in item ? [[index, item.problem] as const] : [])));
    const siblings = refusedWithGroup(items, refused);
    for (const [index, item] of items.entries()) {
      const problem = refused.get(index) ?? siblings.get(index);
      const { id, source } = 'problem' in item ? item : item.envelope;
      counts.lines += 1;
      counts[problem ? 'rejected' : 'valid'] += 1;
      if (problem) yield { line: numbers[index]!, status: 'rejected', id, source, problem };
      else if (!('problem' in item)) customers.add(refText(item.envelope.customer));
    }
    yield { progress: { lines: counts.lines, position: null } };
  }
  yield { summary: { import: importId, ...counts, customers: customers.size, historic: 0, notOpened: nothingUnopened(), position: null, seconds: (clock().getTime() - started.getTime()) / 1_000 } };
}
