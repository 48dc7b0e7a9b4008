import type { ConditionName } from '#journey';

/** Something that holds of a customer on a day. */
export interface CustomerCondition {
  readonly condition: ConditionName;
  /** The first day of it; null where that cannot be told from what stands today. */
  readonly since: number | null;
  /** In words that can stand after "because". */
  readonly say: string;
  /** Position numbers of the facts that it stands on, ascending. */
  readonly refs: readonly number[];
}

/** Each as a clause: "no longer: no sponsor is left". */
export const CONDITION_WORDS: Readonly<Record<ConditionName, string>> = {
  'sponsor-gone': 'no sponsor is left',
  'notice-near-falling': 'notice can be given soon and the health is not good, or falls',
  'stalled-deployment': 'a deployment does not go on',
  silence: 'nothing is heard of them',
};
