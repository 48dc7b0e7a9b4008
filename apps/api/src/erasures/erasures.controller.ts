import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EraseContact, getErasure, Intake, listErasures, Problem } from '#intake';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { ErasureDto } from './erasure.dto.js';

/** People of whom nothing may be known any more. */
@Controller('v1')
@Scope('admin')
export class ErasuresController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus, @Inject(Intake) private readonly intake: Intake) {}

  /** Destroys the key of a person. Doing it again gives the first certificate, and finishes what was cut short. */
  @Post('contacts/:id/erase')
  @Header('cache-control', 'no-store')
  @HttpCode(200)
  async erase(@CallerParam() { tenant, actor }: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason, reference }: ErasureDto) {
    const outcome = await this.commands.execute(new EraseContact(tenant, id, { reason, ...(reference === undefined ? {} : { reference }) }, actor));
    if (outcome instanceof Problem) throw new ApiProblem(outcome.code, outcome.detail);
    return outcome;
  }

  /** The certificate of a person's erasure. */
  @Get('contacts/:id/erasure')
  async certificate(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    const certificate = await getErasure(this.intake, tenant, id);
    if (!certificate) throw new ApiProblem('not-erased', 'This person was not erased, or their erasure was cut short.');
    return certificate;
  }

  /** Everybody who was erased, the earliest first: what to erase again after an older copy of the data was put back. */
  @Get('erasures')
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { erasures: await listErasures(this.intake, tenant) };
  }
}
