/** A server that is asked whether it answers. */
export interface Answering {
  answers(): Promise<boolean>;
}

/** The servers beside the database; null for one that this process does not use. */
export interface Others {
  /** EventStoreDB, where it has the log. */
  readonly log: Answering | null;
  readonly kafka: Answering | null;
}

interface Readiness {
  readonly status: 'ready' | 'waiting';
  readonly why?: string;
  /** What does not do all that it should while the process is ready. */
  readonly degraded?: readonly string[];
}

/**
 * Whether this process can do its work. A server of the log that never answered (a wrong address, a door that is closed) makes it not ready; one that goes away later does
 * not, as everything but appends goes on. Nor does Kafka, which is never needed for all that a process does.
 */
export function readiness(stopped: () => Promise<readonly string[]>, { log, kafka }: Others): () => Promise<Readiness> {
  let reached = false;
  return async () => {
    const [projections, answers, tells] = await Promise.all([stopped().catch(() => null), log?.answers() ?? true, kafka?.answers() ?? true]);
    reached ||= answers;
    if (!projections) return { status: 'waiting', why: 'The database does not answer, or is not migrated.' };
    if (!reached) return { status: 'waiting', why: 'EventStoreDB has not answered yet: is EVENTSTORE_URL right, does it run, has it a leader?' };
    const degraded = [...projections, ...(answers ? [] : ['eventstoredb']), ...(tells ? [] : ['kafka'])];
    return { status: 'ready', ...(degraded.length > 0 ? { degraded } : {}) };
  };
}
