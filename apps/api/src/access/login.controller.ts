import { Body, Controller, Get, Header, Inject, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeys } from './api-keys.js';
import { Public } from './scope.decorator.js';
import { Sessions } from './session.js';

const page = (message: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Touchline: sign in</title><style>body{font:1rem/1.5 system-ui;max-width:24rem;margin:4rem auto;padding:0 1rem}input,button{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;margin-top:.5rem}</style>
<h1>Touchline</h1><form method="post" action="/login"><label>Your API key<input name="key" type="password" autocomplete="current-password" required autofocus></label>
<button>Sign in</button></form><p role="alert">${message}</p></html>`;

/** A browser signs in with a key and is given a session cookie. */
@ApiExcludeController()
@Controller()
@Public()
export class LoginController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys, @Inject(Sessions) private readonly sessions: Sessions) {}

  @Get('login')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  form(): string {
    return page('');
  }

  @Post('login')
  async login(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const now = new Date();
    const { key } = (body ?? {}) as { key?: unknown };
    const caller = typeof key === 'string' ? await this.keys.authenticate(key.trim(), now) : null;
    if (caller) await reply.code(303).headers({ 'set-cookie': this.sessions.open(caller.keyId, now), location: '/' }).send();
    else await reply.code(401).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page('This key is unknown, expired or revoked. Ask an administrator for another.'));
  }

  @Post('logout')
  async logout(@Res() reply: FastifyReply): Promise<void> {
    await reply.code(303).headers({ 'set-cookie': this.sessions.closing(), location: '/login' }).send();
  }
}
