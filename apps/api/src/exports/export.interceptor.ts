import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { lastValueFrom, map, type Observable } from 'rxjs';
import { JsonText } from '../http/etag.interceptor.js';
import { LOGGER, traceOf } from '../http/logging.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';
import { csvOf, headerOf } from './csv.js';
import { accepted, formOf } from './negotiate.js';
import { offeredBy } from './offered-by.js';
import { type Form, FORMS, type Offer } from './offers.js';
import { type Row, rowsOf } from './rows.js';
import type { Schemas } from './schemas.js';

/** One request for rows. */
interface Wanted {
  readonly form: Exclude<Form, 'json'>;
  readonly offer: Offer;
  readonly schemas: Schemas;
  readonly query: Record<string, string>;
}

/** Makes the JSON of every documented GET route into CSV or NDJSON where that is asked for; a handler knows nothing of it. */
@Injectable()
export class ExportInterceptor implements NestInterceptor {
  constructor(@Inject(LOGGER) private readonly logger: Logger, @Inject(Stopping) private readonly stopping: Stopping) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const offered = request.method === 'GET' || request.method === 'HEAD' ? offeredBy(request.routeOptions.url) : undefined;
    if (!offered) return next.handle();
    const { types, offer, schemas } = offered;
    if (!offer) {
      if (types.includes(FORMS.json)) accepted(request.headers.accept, types);
      return next.handle();
    }
    const query = request.query as Record<string, string>;
    const { format, all } = query;
    const form = formOf(format, request.headers.accept);
    const whole = wantsAll(all, form, offer);
    delete query['format'];
    delete query['all'];
    if (form === 'json') return next.handle();
    if (whole) query['limit'] ??= String(offer.pages!.most);
    delete request.headers['if-none-match'];
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const wanted = { form, offer, schemas, query };
    return next.handle().pipe(map((answer: unknown) => {
      const first = parsed(answer);
      void reply.headers({ 'content-type': `${FORMS[form]}; charset=utf-8`, 'content-disposition': `attachment; filename="${fileOf(request.url, form)}"`, 'cache-control': 'private, no-cache', vary: 'authorization, cookie, accept' }).removeHeader('etag');
      if (whole) return Readable.from(this.pages(first, wanted, next, request), { objectMode: false });
      const following = nextOf(first, offer);
      if (following !== null) void reply.header('link', `<${request.url.split('?', 1)[0]!}?${new URLSearchParams({ ...query, [offer.pages!.by]: following, format: form }).toString()}>; rel="next"`);
      return headOf(wanted) + textOf(first, wanted);
    }));
  }

  /** The status is sent by the time that a later page fails: the transfer is cut off, so that nobody takes a part for the whole. */
  private async *pages(first: Row, wanted: Wanted, next: CallHandler, request: FastifyRequest): AsyncGenerator<string> {
    try {
      yield headOf(wanted);
      for (let page = first; ;) {
        yield textOf(page, wanted);
        const following = nextOf(page, wanted.offer);
        if (following === null) return;
        this.stopping.signal.throwIfAborted();
        wanted.query[wanted.offer.pages!.by] = following;
        page = parsed(await lastValueFrom(next.handle()));
      }
    } catch (error) {
      this.logger.error({ requestId: request.id, ...traceOf(error) }, 'an export of all pages broke off');
      throw error;
    }
  }
}

function wantsAll(all: string | undefined, form: Form, { pages }: Offer): boolean {
  if (all === undefined) return false;
  const detail = all !== 'true' && all !== 'false' ? '`all` must be one of true, false.' : pages === null ? 'There is no `all` here: this does not come in pages.'
    : all === 'true' && form === 'json' ? '`all` goes with `format=csv` and `format=ndjson`; JSON comes page by page.' : null;
  if (detail !== null) throw new ApiProblem('invalid-parameter', detail, { errors: [{ pointer: '/all', detail }] });
  return all === 'true';
}

/** An answer as JSON has it, whoever made it into text. */
function parsed(answer: unknown): Row {
  return JSON.parse(typeof answer === 'string' ? answer : answer instanceof JsonText ? answer.text : JSON.stringify(answer)) as Row;
}

const nextOf = (page: Row, { pages }: Offer): string | null => (pages === null ? null : page['next'] as string | null);

const headOf = ({ form, offer }: Wanted): string => (form === 'csv' ? headerOf(offer.shape.columns) : '');

function textOf(page: Row, { form, offer: { answer, shape }, schemas }: Wanted): string {
  const rows = rowsOf(page, answer, schemas, shape);
  return form === 'csv' ? csvOf(rows, shape.columns) : rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Such as customers.csv, of the path. */
const fileOf = (url: string, form: Form): string => `${url.split('?', 1)[0]!.replace(/^\/v1\//, '').replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9_-]+/g, '-')}.${form}`;
