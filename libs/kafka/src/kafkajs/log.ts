import type { LogEntry, logCreator } from 'kafkajs';

const WARN = 2;

/**
 * kafkajs reports every answer that it will try again after as ERROR, and every error that it also throws. Whoever called is told
 * what came of it in the end, so all that is of use to nobody but who looks for a fault; what it only warns of is dropped.
 */
export const logTo = (debug: (sentence: string) => void): logCreator => () => ({ level, namespace, log }: LogEntry): void => {
  if (level > WARN) return;
  const { message, error, broker, retryCount } = log as { message: string; error?: unknown; broker?: string; retryCount?: number };
  const parts = [`kafkajs ${namespace}: ${message}`, error && `(${String(error)})`, broker && `at ${broker}`, retryCount !== undefined && `attempt ${retryCount + 1}`];
  debug(parts.filter(Boolean).join(' '));
};
