import { type Database, verify, type Verify, type VerifyReport } from '#event-store';
import { projections } from '#read-model';

/** The report of a whole verification. */
export async function verified(worker: Database, options: Partial<Verify> = {}): Promise<VerifyReport> {
  for await (const line of verify(worker, { projections: projections(), ...options })) {
    if ('report' in line) return line.report;
  }
  throw new Error('No report came.');
}
