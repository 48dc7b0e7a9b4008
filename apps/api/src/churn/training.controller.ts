import { Body, Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { LongAnswers } from '../http/long-answers.js';
import { NoQuery } from '../reads/queries.dto.js';
import { BacktestDto, PromoteDto, RetireDto, RowsDto, TrainDto } from './churn.dto.js';
import { ChurnModels } from './churn-models.js';

const WORDS = { stopped: 'It stopped under way; nothing was stored.', again: 'Nothing was stored; send it again.' };

/** Models of churn risk are trained, tried, promoted and retired. */
@Controller('v1/churn')
@Scope('churn:write')
export class TrainingController {
  constructor(
    @Inject(ChurnModels) private readonly models: ChurnModels,
    @Inject(LongAnswers) private readonly long: LongAnswers,
  ) {}

  /** Answers as it goes: how far it is, and the model in short as the last line. Who hangs up ends it. */
  @Post('models')
  train(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: TrainDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.long.send(this.models.train(caller, body), { request, reply, words: WORDS });
  }

  /** The same, of what such a model would have foretold; nothing is stored. */
  @Post('backtests')
  backtest(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: BacktestDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.long.send(this.models.backtest(caller, body), { request, reply, words: WORDS });
  }

  /** Every row that such a training sees, in slices. */
  @Post('rows')
  rows(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: RowsDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.long.send(this.models.rows(caller, body), { request, reply, words: WORDS });
  }

  /** Lets a model answer. */
  @Post('models/:id/promote')
  @HttpCode(200)
  promote(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: PromoteDto) {
    return this.models.promote(caller, id, reason);
  }

  /** Lets a model answer no longer. */
  @Post('models/:id/retire')
  @HttpCode(200)
  retire(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: RetireDto) {
    return this.models.retire(caller, id, reason);
  }
}
