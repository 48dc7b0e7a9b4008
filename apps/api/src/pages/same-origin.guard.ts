import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { ApiProblem } from '../problems/api-problem.js';

/** Forms are taken only from our own pages, besides the cookie's SameSite. */
@Injectable()
export class SameOrigin implements CanActivate {
  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const site = headers['sec-fetch-site'];
    const ours = site === undefined ? this.isOurs(headers.origin, headers.host) : site === 'same-origin';
    if (ours) return true;
    throw new ApiProblem('forbidden', 'This form was sent from another site. Open the page again and send it from there.');
  }

  private isOurs(origin: string | undefined, host: string | undefined): boolean {
    const { host: from } = origin && URL.canParse(origin) ? new URL(origin) : { host: '' };
    const { publicUrl } = this.options;
    return from !== '' && (from === host || (publicUrl !== undefined && from === new URL(publicUrl).host));
  }
}
