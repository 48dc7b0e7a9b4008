import type { CustomerKey, Work } from '#event-store';
import { noteHealth } from './health-notes.js';
import { noteRisks, type RiskCause } from './risk-notes.js';
import type { RowValues } from './states-sql.js';

/** Notes what has changed so far that it is announced, of the rows that a piece of work has written. */
export async function noteChanges(work: Work, rows: readonly RowValues[], causeOf: (key: CustomerKey) => RiskCause | null): Promise<void> {
  await noteRisks(work, rows, causeOf);
  await noteHealth(work, rows, causeOf);
}
