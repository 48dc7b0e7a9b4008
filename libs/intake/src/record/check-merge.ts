import { intoOf, type MergeFact, type Roots } from '#journey';
import { Problem } from '../refusals.js';

/** A merge fact on its way into the log. */
export interface MergeItem {
  readonly type: string;
  readonly customer: string;
  /** Our id of the customer that stays; of a merge only. */
  readonly into?: string;
}

/** Refuses what cannot be, as the merges stand that were recorded before; `roots` are theirs. */
export function checkMerge({ type, customer, into }: MergeItem, roots: Roots<MergeFact>): Problem | undefined {
  const merge = roots.merge(customer);
  if (type === 'customer.unmerged') {
    return merge ? undefined : new Problem('not-merged', '/type', `The customer ${customer} is merged into nobody, so there is nothing to undo.`);
  }
  if (into === customer) return new Problem('data-invalid', '/data/into', 'A customer cannot be merged into itself. Name the one that stays.');
  if (merge) return new Problem('already-merged', '/customer', `The customer ${customer} is merged into ${intoOf(merge)}.`);
  if (roots.root(into!) === customer) {
    return new Problem('merge-circle', '/data/into', `The customer ${into} is merged into ${customer} itself, so this would lead in a circle.`);
  }
  return undefined;
}
