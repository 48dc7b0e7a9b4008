import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { FeedEnded, type FeedReader } from '#outbound';
import { Callers } from '../access/callers.js';
import { type CallerRequest, Scope } from '../access/scope.decorator.js';
import { answerWithEtag } from '../http/etag.interceptor.js';
import { LOGGER, traceOf } from '../http/logging.js';
import { ApiProblem } from '../problems/api-problem.js';
import { writeStream } from './event-stream.js';
import { FeedQuery } from './feed.dto.js';
import { OpenStreams } from './open-streams.js';
import { pageOf } from './page.js';
import { FeedReadings } from './reading.js';

const STREAM = 'text/event-stream';
/** Who was cut off comes again after this, and as much again by chance, so that not all come at once. */
const RETRY_MS = 1_000;

/** Facts out, as they happen: pages, and a stream. */
@Controller('v1/events')
@Scope('events:read')
export class FeedController {
  constructor(
    @Inject(FeedReadings) private readonly readings: FeedReadings,
    @Inject(OpenStreams) private readonly streams: OpenStreams,
    @Inject(Callers) private readonly callers: Callers,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What happened after a position. */
  @Get()
  async feed(@Query() query: FeedQuery, @Headers('accept') accept: string | undefined, @Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    const asStream = accept?.toLowerCase().includes(STREAM) ?? false;
    const lastId = request.headers['last-event-id'];
    const reader = await this.readings.open(request.caller!, query, asStream && lastId ? String(lastId) : undefined);
    if (!asStream) return this.page(reader, query, request, reply);
    void reply.headers({ 'content-type': `${STREAM}; charset=utf-8`, 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    if (request.method === 'HEAD') return void reply.send();
    void this.stream(reader, request, reply);
  }

  private async page(reader: FeedReader, query: FeedQuery, request: CallerRequest, reply: FastifyReply): Promise<void> {
    const { limit = 100, wait = 0 } = query;
    const mayGoOn = () => this.mayGoOn(request);
    const { events, position, more } = await this.streams.during(reply.raw, (signal) => pageOf(reader, { limit, waitMs: wait * 1_000, signal, mayGoOn })).catch((error: unknown) => { throw ended(error); });
    const next = new URLSearchParams(request.query as Record<string, string>);
    next.delete('from');
    next.set('after', position);
    void reply.header('link', `</v1/events?${next.toString()}>; rel="next"`);
    answerWithEtag(request, reply, `{"events":[${events.join(',')}],"position":"${position}","more":${more}}`);
  }

  private async stream(reader: FeedReader, request: CallerRequest, reply: FastifyReply): Promise<void> {
    const response = reply.hijack().raw;
    // What is written to somebody who has just left fails; that they have left is heard by itself.
    response.on('error', () => undefined);
    response.writeHead(200, reply.getHeaders() as Record<string, string>);
    const retryMs = RETRY_MS + Math.floor(Math.random() * RETRY_MS);
    try {
      await this.streams.during(response, (signal) => writeStream(reader, response, { signal, retryMs, mayGoOn: () => this.mayGoOn(request) }));
    } catch (error) {
      if (!(error instanceof FeedEnded)) this.logger.error({ requestId: request.id, ...traceOf(error) }, 'the stream of events stopped');
    }
    this.streams.finish(response);
  }

  /** False once the key is no longer good; while nobody can tell, reading goes on. */
  private async mayGoOn(request: CallerRequest): Promise<boolean> {
    try {
      await this.callers.of(request);
      return true;
    } catch (error) {
      return !(error instanceof ApiProblem);
    }
  }
}

/** The log began another life while somebody waited: they are told so when they ask again. */
const ended = (error: unknown): unknown => (error instanceof FeedEnded ? new ApiProblem('not-ready', 'The log has begun another life.', { headers: { 'retry-after': '0' } }) : error);
