import type { Actor, MergeFact, Roots } from '#journey';

/** Who sends, and what this door allows. */
export interface IntakeContext {
  readonly tenant: string;
  readonly actor: Actor;
  /** Joins the events of one import, so that it can be retracted; written like our ids. */
  readonly importId?: string;
  /** Only a trusted import may say when a fact was known. */
  readonly mayDeclareObservedAt: boolean;
  readonly receivedAt: Date;
  /** W3C trace context of the request or message, for facts that name none. */
  readonly traceParent?: string;
  /** Facts of ours, which no door takes: a command of ours says them, with the revision of the customer's stream that it was decided on. */
  readonly ours?: { readonly expected: number };
  /** Checks everything, writes nothing. In an import it is let pass when a `record` fact names what is not there: it may come earlier in the same import. */
  readonly dryRun?: boolean;
  /** For a dry run in several batches: what came before; each batch adds its own. */
  readonly rehearsed?: Rehearsed;
  /** The batch before this one in the same import: what can be done before its end is done, and nothing is appended before it. Its failure is this one's. */
  readonly after?: Promise<unknown>;
}

export interface Rehearsed {
  /** Bodies by `refKey`: a map, or one that forgets the oldest. */
  readonly bodies: {
    get(key: string): { readonly bodyHash: string } | undefined;
    set(key: string, body: { readonly bodyHash: string }): unknown;
  };
  /** Who would be merged into whom, once a batch has changed it. */
  merged?: Roots<MergeFact>;
}
