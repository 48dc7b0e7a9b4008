import type { Actor } from '#journey';

/** Who sends, and what this door allows. */
export interface IntakeContext {
  readonly tenant: string;
  readonly actor: Actor;
  /** Joins the events of one import, so that it can be retracted; written like our ids. */
  readonly importId?: string;
  /** Only a trusted import may say when a fact was known. */
  readonly mayDeclareObservedAt: boolean;
  readonly receivedAt: Date;
  /** Checks everything, writes nothing. What depends on facts earlier in the same import is not checked. */
  readonly dryRun?: boolean;
}
