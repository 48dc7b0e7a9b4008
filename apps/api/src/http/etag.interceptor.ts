import { hash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** An answer that is JSON already. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** A strong ETag over the answer's bytes; 304 when the reader has them. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return answer;
      return named(request, reply, answer instanceof JsonText ? answer.text : JSON.stringify(answer));
    }));
  }
}

/** The same of a handler that answers by itself. */
export function answerWithEtag(request: FastifyRequest, reply: FastifyReply, text: string): void {
  void reply.send(named(request, reply, text));
}

/** Names an answer in the head of the reply. @returns what is left to send */
function named(request: FastifyRequest, reply: FastifyReply, text: string): string | undefined {
  const etag = `"${hash('sha256', text, 'base64url').slice(0, 27)}"`;
  void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization, cookie, accept' });
  if (!matches(request.headers['if-none-match'], etag)) {
    void reply.type('application/json; charset=utf-8');
    return text;
  }
  void reply.code(304);
  return undefined;
}

function matches(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === etag) ?? false;
}
