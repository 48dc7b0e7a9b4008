import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { prepareLog } from '#event-store';
import { defaultLimits } from '#intake';
import { Callers, checkKeysBeforeBodies } from './access/callers.js';
import { ApiModule } from './api.module.js';
import type { ApiOptions } from './api-options.js';
import { Connections } from './connections.js';
import { readBodies } from './http/bodies.js';
import { closeWhenIdle } from './http/closing.js';
import { createLogger, logRequests, NestLog } from './http/logging.js';
import { requestIdOf, tellRequestId } from './http/request-id.js';
import { refuseWhenStopping, Stopping } from './http/stopping.js';
import { traceRequests } from './http/tracing.js';
import { refuseUnknownRoutes } from './http/unknown-routes.js';
import { serveDocument } from './openapi/serve-document.js';
import { answerWithProblem } from './problems/problem.filter.js';

/** A connection on which nothing moves is closed; an import of any length moves. */
const SILENCE_MS = 300_000;
const BODY_PATIENCE_MS = 60_000;

/**
 * The API, ready to `listen`. `close` and, after `enableShutdownHooks`, SIGTERM answer what is in flight before connections close.
 * @throws WrongMasterKey when the database was started with another master key
 */
export async function createApi(options: ApiOptions): Promise<NestFastifyApplication> {
  const logger = options.logger ?? createLogger(options.logLevel ?? 'info');
  const connections = new Connections(options.databaseUrl, options.ended, options);
  try {
    await prepareLog(connections.worker, options);
    const adapter = new FastifyAdapter({
      bodyLimit: defaultLimits.bodyBytes, genReqId: requestIdOf, requestIdHeader: false, requestTimeout: 0, connectionTimeout: SILENCE_MS, return503OnClosing: false, routerOptions: { maxParamLength: 300 },
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => answerWithProblem(error, request, reply.header('x-request-id', request.id), logger),
    });
    const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(options, connections, logger), adapter,
      { bodyParser: false, logger: new NestLog(logger), abortOnError: false });
    const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    tellRequestId(server);
    logRequests(server, logger);
    if (options.traces !== undefined) traceRequests(server);
    refuseWhenStopping(server, app.get(Stopping));
    refuseUnknownRoutes(server);
    checkKeysBeforeBodies(server, app.get(Callers));
    readBodies(server, options.bodyPatienceMs ?? BODY_PATIENCE_MS);
    closeWhenIdle(server);
    server.addHook('onSend', (_request, reply, payload, done) => { void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer'); done(null, payload); });
    serveDocument(server);
    app.enableShutdownHooks();
    await app.init();
    await server.ready();
    return app;
  } catch (error) {
    await connections.onApplicationShutdown();
    throw error;
  }
}
