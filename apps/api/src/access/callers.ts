import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { traceParentOf } from '#intake';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { ApiProblem } from '../problems/api-problem.js';
import { ApiKeys, type Caller } from './api-keys.js';
import { cameFromUs } from './same-origin.js';
import type { CallerRequest } from './scope.decorator.js';
import { Sessions } from './session.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Routes that anybody may send a form to. */
const OPEN_FORMS = new Set<string | undefined>(['/login', '/logout', '/s/:token', '/s/:token/comment']);

/** Who sent a request: by its key, or by a browser's session. */
@Injectable()
export class Callers {
  constructor(
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
  ) {}

  /** @throws ApiProblem `unauthorized`; `forbidden` for what another site had a browser send with our session */
  async of({ headers, method }: Pick<CallerRequest, 'headers' | 'method'>): Promise<Caller> {
    const now = new Date();
    const [, text] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    const session = headers.authorization === undefined ? this.sessions.claimOf(headers.cookie, now) : null;
    const caller = text ? await this.keys.authenticate(text, now) : session ? await this.keys.callerOfSession(session, now) : null;
    if (!caller) throw new ApiProblem('unauthorized', 'There is no key, or it is unknown, expired or revoked.');
    if (session && !SAFE.has(method) && !cameFromUs(headers, this.options.publicUrl)) {
      throw new ApiProblem('forbidden', 'This was sent from another site. Open the page again and send it from there.');
    }
    const traceParent = traceParentOf(headers['traceparent']);
    return traceParent === undefined ? caller : { ...caller, traceParent };
  }
}

/** Who may not write is told so before their body is read: nobody without a key makes us keep megabytes. */
export function checkKeysBeforeBodies(server: FastifyInstance, callers: Callers): void {
  server.addHook('onRequest', async (request: CallerRequest) => {
    if (SAFE.has(request.method) || request.is404) return;
    if (!OPEN_FORMS.has(request.routeOptions.url)) request.caller = await callers.of(request);
    else if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? 'application/x-www-form-urlencoded')) {
      throw new ApiProblem('unsupported-media-type', 'This form is taken as application/x-www-form-urlencoded.');
    }
  });
}
