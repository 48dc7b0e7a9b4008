import { Controller, Get, Header, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { ApiProblem } from './api-problem.js';
import { problemKinds, type ProblemKind } from './problem-codes.js';

/** What every `type` of a problem leads to. */
@Controller('problems')
@Public()
export class ProblemsController {
  /** Every problem that an answer or a verdict can carry. */
  @Get()
  @Header('vary', 'accept')
  list(@Query() _: NoQuery, @Headers('accept') accept: string | undefined, @Res() reply: FastifyReply): void {
    send(reply, accept, Object.entries(problemKinds), (entries) => ({ problems: entries }));
  }

  /** One problem: what it means and what to do. */
  @Get(':code')
  @Header('vary', 'accept')
  one(@Param('code') code: string, @Query() _: NoQuery, @Headers('accept') accept: string | undefined, @Res() reply: FastifyReply): void {
    const kind = Object.hasOwn(problemKinds, code) ? problemKinds[code] : undefined;
    if (!kind) throw new ApiProblem('problem-unknown', 'No problem has this code.');
    send(reply, accept, [[code, kind]], ([entry]) => entry!);
  }
}

type Entry = ProblemKind & { readonly code: string; readonly type: string };

function send(reply: FastifyReply, accept = '', kinds: [string, ProblemKind][], shape: (entries: Entry[]) => object): void {
  const entries = kinds.map(([code, kind]) => ({ type: `/problems/${code}`, code, ...kind }));
  if (!accept.includes('text/html')) return void reply.type('application/json').send(shape(entries));
  const text = entries.map(({ code, status, title, remedy }) => `<h2 id="${code}"><a href="/problems/${code}">${code}</a></h2><p>${status}: ${title}. ${remedy}</p>`).join('\n');
  void reply.type('text/html; charset=utf-8').send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Problems</title><h1>Problems</h1>\n${text}</html>`);
}
