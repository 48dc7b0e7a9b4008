import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/scope.decorator.js';
import { asPage } from '../pages/page.interceptor.js';
import { SurveyAnswers } from './survey-answers.js';
import { noSuchSurvey, surveyPage } from './survey-view.js';

/** One question, for who has the link. Looking records nothing, however often and by whom: only a form that is sent does. */
@Controller('s')
@Public()
export class SurveyPage {
  constructor(@Inject(SurveyAnswers) private readonly answers: SurveyAnswers) {}

  @Get(':token')
  async show(@Param('token') token: string, @Query('score') score: unknown, @Res() reply: FastifyReply): Promise<void> {
    const asked = await this.answers.open(token);
    await (asked ? reply.send(asPage(reply, surveyPage(asked, `/s/${token}`, typeof score === 'string' ? score : undefined))) : refuse(reply));
  }

  @Post(':token')
  async answer(@Param('token') token: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const asked = await this.answers.open(token);
    if (!asked) return refuse(reply);
    const sent = (body ?? {}) as Record<string, unknown>;
    const complaint = asked.step === 'ask' ? await this.answers.answer(asked, sent) : null;
    if (complaint === null) await reply.code(303).header('location', `/s/${token}`).send();
    else await reply.code(422).send(asPage(reply, surveyPage(asked, `/s/${token}`, String(sent['score']), { complaint, lostMinutes: String(sent['lostMinutes'] ?? '') })));
  }

  @Post(':token/comment')
  async comment(@Param('token') token: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const asked = await this.answers.open(token);
    if (!asked) return refuse(reply);
    if (asked.step === 'thanks') await this.answers.comment(asked, asked.answer!, (body ?? {}) as Record<string, unknown>);
    await reply.code(303).header('location', `/s/${token}`).send();
  }
}

async function refuse(reply: FastifyReply): Promise<void> {
  await reply.code(404).send(asPage(reply, noSuchSurvey()));
}
