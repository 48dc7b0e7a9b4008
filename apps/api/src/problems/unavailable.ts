import { LogNotWhole, NoTablesYet, RotationUnfinished, WrongMasterKey } from '#event-store';

/** Classes 08 (connection) and 57P0x (shutting down, starting), and 53300 (no connection left). */
const OF_POSTGRES = /^(08...|57P0[1-5]|53300)$/;
const OF_NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ENOENT']);
/** A reader meets tables of another release in the middle of a deploy. */
const UNKNOWN_COLUMN = '42703';
/** What the client and its pool say without a code. */
const IN_WORDS = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Why nothing can be answered now though the request is good; undefined for every other error. */
export function unavailable(error: unknown): string | undefined {
  if (error instanceof NoTablesYet) return 'The read models are not there yet: no worker has run on this database.';
  if (error instanceof LogNotWhole) return 'The log is not whole, so nothing is added to it. The log of this service says why.';
  if (error instanceof WrongMasterKey || error instanceof RotationUnfinished) return 'The master key was changed. Whoever runs this has to start it again with the new one.';
  if ((error as { code?: unknown } | null)?.code === UNKNOWN_COLUMN) return 'What is stored is of another release than this one, and lacks what it reads. The workers of this release build their own; ask again.';
  const { code = '', message = '', syscall } = (error ?? {}) as { code?: unknown; message?: unknown; syscall?: unknown };
  const down = OF_POSTGRES.test(String(code)) || (syscall !== undefined && OF_NETWORK.has(String(code))) || (error instanceof Error && IN_WORDS.test(String(message)));
  return down ? 'The database does not answer.' : undefined;
}
