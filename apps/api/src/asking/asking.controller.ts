import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Intake } from '#intake';
import { webhookSecretText } from '#outbound';
import { ListSurveys } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { AskingSettingsOfTenant } from './asking-settings.js';
import { DryRunQuery, EndAskingDto, SurveysQuery } from './asking.dto.js';

const DAYS = 90;

/** What is asked, whom and when, and what came of it. Bodies that are facts are held against the schema of the fact. */
@Controller('v1')
export class AskingController {
  constructor(@Inject(AskingSettingsOfTenant) private readonly settings: AskingSettingsOfTenant, @Inject(QueryBus) private readonly queries: QueryBus, @Inject(Intake) private readonly intake: Intake) {}

  @Get('instruments')
  @Scope('customers:read')
  async instruments(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { instruments: (await this.settings.read(tenant)).instruments };
  }

  @Post('instruments')
  @Scope('admin')
  publish(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: Record<string, unknown>) {
    return this.settings.publish(caller, body ?? {});
  }

  @Post('instruments/:id/retire')
  @Scope('admin')
  @HttpCode(200)
  retire(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: EndAskingDto) {
    return this.settings.retire(caller, id, reason);
  }

  @Get('survey-programs')
  @Scope('customers:read')
  async programs(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { programs: (await this.settings.read(tenant)).programs };
  }

  @Post('survey-programs')
  @Scope('admin')
  set(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: Record<string, unknown>) {
    return this.settings.set(caller, body ?? {});
  }

  @Post('survey-programs/dry-run')
  @Scope('admin')
  @HttpCode(200)
  dryRun(@CallerParam() caller: Caller, @Query() { days = DAYS }: DryRunQuery, @Body() body: Record<string, unknown>) {
    return this.settings.rehearse(caller, body ?? {}, days);
  }

  @Get('survey-programs/webhook-secret')
  @Scope('admin')
  async webhookSecret(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { secret: await webhookSecretText(this.intake.keys, tenant) };
  }

  @Post('survey-programs/:id/stop')
  @Scope('admin')
  @HttpCode(200)
  stop(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: EndAskingDto) {
    return this.settings.stop(caller, id, reason);
  }

  @Get('surveys')
  @Scope('customers:read')
  surveys(@CallerParam() { tenant }: Caller, @Query() query: SurveysQuery) {
    return this.queries.execute(new ListSurveys({ ...query, tenant }));
  }
}
