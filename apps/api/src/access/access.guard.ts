import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiProblem } from '../problems/api-problem.js';
import { ApiKeys, type Caller } from './api-keys.js';
import { mayDo, type Scope } from './roles.js';
import { type CallerRequest, PUBLIC, SCOPE } from './scope.decorator.js';
import { Sessions } from './session.js';

/** Lets a request in whose key, or whose session's key, may do what the route asks for. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const scope = this.reflector.getAllAndOverride<Scope | typeof PUBLIC | undefined>(SCOPE, [context.getHandler(), context.getClass()]);
    if (scope === PUBLIC) return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const caller = await this.callerOf(request);
    if (!caller) throw new ApiProblem('unauthorized', 'There is no key, or it is unknown, expired or revoked.');
    request.caller = caller;
    if (scope && mayDo(caller.role, scope)) return true;
    throw new ApiProblem('forbidden', `A key of role ${caller.role} lacks the scope ${scope ?? 'that this needs'}.`);
  }

  private async callerOf({ headers }: CallerRequest): Promise<Caller | null> {
    const now = new Date();
    if (headers.authorization !== undefined) {
      const [, text] = /^Bearer +(\S+)$/i.exec(headers.authorization) ?? [];
      return text ? this.keys.authenticate(text, now) : null;
    }
    const keyId = this.sessions.keyIdOf(headers.cookie, now);
    return keyId ? this.keys.callerById(keyId, now) : null;
  }
}
