import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './api-keys.js';
import type { Scope as ScopeName } from './roles.js';

export const SCOPE = 'touchline:scope';
export const PUBLIC = 'public';

/** What a key must be allowed to do. A route without this and without `Public` answers nobody. */
export const Scope = (scope: ScopeName) => SetMetadata(SCOPE, scope);
export const Public = () => SetMetadata(SCOPE, PUBLIC);

export type CallerRequest = FastifyRequest & { caller?: Caller };

/** Who calls, in a handler's arguments. */
export const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<CallerRequest>().caller!);
