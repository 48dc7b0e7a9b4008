import { formatPosition, type Position } from '#journey';
import type { Database } from '../postgres/database.js';
import { placeOf, readHorizon } from '../postgres/read.js';

/** Which events are exported: those of one tenant after one place and up to another, in one life of the log. */
export interface ExportRange {
  readonly tenant: string;
  readonly epoch: number;
  readonly after: number;
  readonly upTo: number;
}

/** What was asked for cannot be exported. */
export class NoSuchRange extends Error {
  constructor(readonly parameter: 'from' | 'to', readonly early: boolean, message: string) {
    super(message);
  }
}

/** From after `from` (the beginning) up to `to` (all that is final now). @throws ForeignEpoch @throws NoSuchRange `early` where the log has not come that far yet */
export async function exportRange(worker: Database, { tenant, from, to }: { readonly tenant: string; readonly from?: Position; readonly to?: Position }): Promise<ExportRange> {
  return worker.statements(async (sql) => {
    const horizon = await readHorizon(sql);
    const place = async (position: Position | undefined, otherwise: number) => (position === undefined ? otherwise : placeOf(sql, position, horizon));
    const [after, upTo] = [await place(from, 0), await place(to, horizon.n)];
    const end = formatPosition(horizon.epoch, horizon.n);
    if (upTo > horizon.n) throw new NoSuchRange('to', true, `The log is final up to ${end} and has not reached ${to} yet.`);
    if (after > upTo) throw new NoSuchRange(to === undefined ? 'from' : 'to', false, to === undefined ? `\`from\` is behind what is final, ${end}.` : '`to` must not be before `from`.');
    return { tenant, epoch: horizon.epoch, after, upTo };
  });
}
