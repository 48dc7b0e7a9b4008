import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiProblem } from '../problems/api-problem.js';
import type { Caller } from './api-keys.js';
import { Callers } from './callers.js';
import { mayDo, roleNames, type Scope } from './roles.js';
import { type CallerRequest, PUBLIC, SCOPE } from './scope.decorator.js';

/** Lets a request in whose key, or whose session's key, may do what the route asks for. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector, @Inject(Callers) private readonly callers: Callers) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const scope = this.reflector.getAllAndOverride<Scope | typeof PUBLIC | undefined>(SCOPE, [context.getHandler(), context.getClass()]);
    if (scope === PUBLIC) return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    // Whoever writes is known already.
    return request.caller ? may(request.caller, scope) : this.callers.of(request).then((caller) => may(request.caller = caller, scope));
  }
}

function may(caller: Caller, scope: Scope | undefined): true {
  if (scope && mayDo(caller.role, scope)) return true;
  throw new ApiProblem('forbidden', `A key of role ${caller.role} lacks the scope ${scope ?? 'that this needs'}${scope ? `; these roles have it: ${roleNames.filter((role) => mayDo(role, scope)).join(', ')}` : ''}.`);
}
