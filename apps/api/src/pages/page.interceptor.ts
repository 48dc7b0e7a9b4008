import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Html } from './html.js';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'cache-control': 'private, no-store',
  vary: 'cookie, authorization',
};

/** What a browser is told with every page; @returns the text to send */
export function asPage(reply: FastifyReply, { text }: Html): string {
  void reply.headers(HEADERS);
  return text;
}

/** Sends the markup that a handler returns. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => (answer instanceof Html ? asPage(reply, answer) : answer)));
  }
}
