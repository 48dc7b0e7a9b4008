import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { defer, from, mergeMap, type Observable } from 'rxjs';
import { untilVisible } from '#read-model';
import type { CallerRequest } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';

const PATIENCE_MS = 5_000;

/** `minPosition`: a reader waits until the read models show what they wrote. */
@Injectable()
export class MinPositionInterceptor implements NestInterceptor {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query, caller } = context.switchToHttp().getRequest<CallerRequest>();
    const { minPosition } = query as { minPosition?: string };
    if (minPosition === undefined || !caller) return next.handle();
    return defer(() => from(this.reached(caller.tenant, minPosition))).pipe(mergeMap(() => next.handle()));
  }

  private async reached(tenant: string, position: string): Promise<void> {
    const { store, worker } = this.connections;
    if (/^\d{1,9}\.\d{1,15}$/.test(position)) await store.checkPosition(position);
    await untilVisible(worker, tenant, position, PATIENCE_MS);
  }
}
