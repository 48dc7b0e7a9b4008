/** What is asked of EventStoreDB where it has the log. */
export interface LogServer {
  answers(): Promise<boolean>;
}

interface Readiness {
  readonly status: 'ready' | 'waiting';
  readonly why?: string;
  /** What does not do all that it should while the process is ready. */
  readonly degraded?: readonly string[];
}

/**
 * Whether this process can do its work. A server of the log that never answered (a wrong address, a door that is closed) makes it not ready; one that goes away later does
 * not, as everything but appends goes on.
 */
export function readiness(stopped: () => Promise<readonly string[]>, log: LogServer | null): () => Promise<Readiness> {
  let reached = false;
  return async () => {
    const [projections, answers] = await Promise.all([stopped().catch(() => null), log?.answers() ?? true]);
    reached ||= answers;
    if (!projections) return { status: 'waiting', why: 'The database does not answer, or is not migrated.' };
    if (!reached) return { status: 'waiting', why: 'EventStoreDB has not answered yet: is EVENTSTORE_URL right, does it run, has it a leader?' };
    const degraded = [...projections, ...(answers ? [] : ['eventstoredb'])];
    return { status: 'ready', ...(degraded.length > 0 ? { degraded } : {}) };
  };
}
