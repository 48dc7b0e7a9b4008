import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '#event-store';
import type { Position } from '#journey';
import { QueryRefused, untilVisible } from '#read-model';

const LONGEST_S = 10;

/**
 * `Prefer: wait=5` (RFC 7240): the answer comes when the read models show what was written, or after so many seconds, 10 at most.
 * Says `Preference-Applied` when they do. What was written is durable either way.
 */
export async function waitUntilVisible(worker: Database, tenant: string, request: FastifyRequest, reply: FastifyReply, position: Position | null): Promise<void> {
  const seconds = Number(/(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/.exec(String(request.headers['prefer'] ?? ''))?.[1] ?? 0);
  if (seconds === 0 || position === null) return;
  try {
    await untilVisible(worker, tenant, position, Math.min(seconds, LONGEST_S) * 1_000);
    void reply.header('preference-applied', 'wait');
  } catch (error) {
    if (!(error instanceof QueryRefused && error.code === 'not-yet-visible')) throw error;
  }
}
