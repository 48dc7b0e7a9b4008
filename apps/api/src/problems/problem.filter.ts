import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER, traceOf } from '../http/logging.js';
import { answerWithPage, isBrowser, wantsPage } from '../pages/error-page.js';
import { ApiProblem } from './api-problem.js';
import { toProblem } from './to-problem.js';
import { unavailable } from './unavailable.js';

/** The one place where a failure becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerWithProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.logger);
  }
}

/** Sends the problem; of an unexpected one the answer tells nothing but the request id. */
export function answerWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  if (hungUp(error, reply)) return;
  const expected = toProblem(error);
  if (!expected || unavailable(error)) logger.error({ requestId: request.id, ...traceOf(error) }, 'request failed');
  const problem = expected ?? new ApiProblem('internal', 'The request could not be completed.');
  if (reply.sent) return;
  if (wantsPage(request) || (problem.status === 401 && request.method === 'GET' && isBrowser(request))) return answerWithPage(problem, request, reply);
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="touchline"');
  void reply.code(problem.status).headers({ 'cache-control': 'no-store', ...problem.extras.headers }).type('application/problem+json').send(Buffer.from(JSON.stringify(problem.body(request.id))));
}

/** Whoever asked has gone before the first line of a long answer came; that ends the work, and nothing has failed. */
const hungUp = (error: unknown, { raw }: FastifyReply): boolean => raw.destroyed && (error as { code?: unknown } | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
