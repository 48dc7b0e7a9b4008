import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { cameFromUs } from '../access/same-origin.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { ApiProblem } from '../problems/api-problem.js';

/** The forms that need no caller are taken only from our own pages; who writes with a session is asked the same when the caller is found. */
@Injectable()
export class SameOrigin implements CanActivate {
  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  canActivate(context: ExecutionContext): boolean {
    if (cameFromUs(context.switchToHttp().getRequest<FastifyRequest>().headers, this.options.publicUrl)) return true;
    throw new ApiProblem('forbidden', 'This form was sent from another site. Open the page again and send it from there.');
  }
}
