import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetCoaching, GetExperience, GetOutages, GetPain, GetWatermelon } from '#read-model';
import type { Caller } from '../../access/api-keys.js';
import { CallerParam, Scope } from '../../access/scope.decorator.js';
import type { Html } from '../html.js';
import { withJumps } from '../jumps.js';
import { layout } from '../layout.js';
import { PageInterceptor } from '../page.interceptor.js';
import { ExperienceForm } from './experience-form.dto.js';
import { experienceView } from './experience-view.js';

/** How customers live through our service, drawn. Points of pain and outages look back a year where no time is chosen. */
@Controller('experience')
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class ExperiencePage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  async show(@CallerParam() caller: Caller, @Query() form: ExperienceForm): Promise<Html> {
    const { by, ...window } = form;
    const options = { ...window, tenant: caller.tenant };
    const [figures, pain] = [await this.queries.execute(new GetExperience({ ...options, by })), await this.queries.execute(new GetPain(options))];
    const [outages, watermelon] = [await this.queries.execute(new GetOutages(options)), await this.queries.execute(new GetWatermelon(options))];
    const coaching = await this.queries.execute(new GetCoaching(options));
    return layout({ title: 'Experience', caller, at: '/experience', body: withJumps(experienceView({ figures, pain, outages, watermelon, coaching }, form)) });
  }
}
