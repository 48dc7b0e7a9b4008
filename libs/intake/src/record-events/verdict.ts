import type { Position } from '#journey';
import type { Problem } from '../refusals.js';

/**
 * What became of one item. `appended`: durable. `duplicate`: recorded before, `position` is the first one's. `conflict`: the id
 * is taken by another body, which stands at `position`. `rejected`: nothing was stored.
 * A dry run stores nothing and says `valid` for what would be appended; where the first one came earlier in the same run, there is no position.
 */
export interface Verdict {
  /** Place of the item in the request, from 0. */
  readonly index: number;
  readonly status: 'appended' | 'duplicate' | 'conflict' | 'rejected' | 'valid';
  readonly id?: string;
  readonly source?: string;
  readonly position?: Position;
  /** Our id of the customer. */
  readonly customer?: string;
  readonly problem?: Problem;
}
