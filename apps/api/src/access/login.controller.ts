import { Body, Controller, Get, Inject, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { loginPage } from '../pages/login-view.js';
import { asPage } from '../pages/page.interceptor.js';
import { SameOrigin } from '../pages/same-origin.guard.js';
import { ApiKeys } from './api-keys.js';
import { Public } from './scope.decorator.js';
import { Sessions } from './session.js';

const REFUSED = 'This key is unknown, expired or revoked. Ask an administrator for another.';

/** A path of ours to go on to; never another site. */
export const pathOf = (next: unknown) => (typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/');

/** A browser signs in with a key and is given a session cookie. */
@Controller()
@Public()
export class LoginController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys, @Inject(Sessions) private readonly sessions: Sessions) {}

  @Get('login')
  async form(@Query('next') next: unknown, @Res() reply: FastifyReply): Promise<void> {
    await reply.send(asPage(reply, loginPage(pathOf(next))));
  }

  @Post('login')
  @UseGuards(SameOrigin)
  async login(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const now = new Date();
    const { key, next } = (body ?? {}) as { key?: unknown; next?: unknown };
    const text = typeof key === 'string' ? key.trim() : '';
    if (await this.keys.authenticate(text, now)) await reply.code(303).headers({ 'set-cookie': this.sessions.open(text, now), location: pathOf(next) }).send();
    else await reply.code(401).send(asPage(reply, loginPage(pathOf(next), REFUSED)));
  }

  @Post('logout')
  @UseGuards(SameOrigin)
  async logout(@Res() reply: FastifyReply): Promise<void> {
    await reply.code(303).headers({ 'set-cookie': this.sessions.closing(), location: '/login' }).send();
  }
}
