import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { examine } from '#event-store';
import { projections } from '#read-model';
import { Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { NoQuery } from '../reads/queries.dto.js';
import { EpochDto } from './epoch.dto.js';

/** How the log is, and what whoever restored it has to say. */
@Controller('v1/admin')
@Scope('operator')
export class LogController {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  /** What stands still, lags or is open, by name, and what to do about it. */
  @Get('doctor')
  @Header('cache-control', 'no-store')
  async doctor(@Query() _: NoQuery) {
    return { findings: await examine(this.connections.worker, { projections: projections() }) };
  }

  /** Begins a new epoch, so that positions given out since a copy was made are refused. */
  @Post('epoch')
  @HttpCode(200)
  async beginEpoch(@Query() _: NoQuery, @Body() { reason }: EpochDto) {
    return { position: await this.connections.store.beginEpoch(reason) };
  }
}
