import { Matches } from 'class-validator';
import { type Incident, INCIDENTS } from '#insight';
import { PERIOD, REVENUE_FIGURES, REVENUE_GROUPS, type RevenueFigure, type RevenueGroup } from '#read-model';
import { IsDay, Line, OneOf, Optional } from '../../http/rules.js';
import { Blank } from '../forms.dto.js';

export class RevenueForm {
  @Blank() @Optional() @Matches(PERIOD, { message: 'period must be a year, a quarter or a month, such as 2026, 2026-Q3 or 2026-08' })
  period?: string;

  @Blank() @Optional() @Line(200)
  segment?: string;

  @Blank() @Optional() @OneOf(REVENUE_GROUPS)
  by?: RevenueGroup;

  @Blank() @Optional() @IsDay()
  asOf?: string;

  @Blank() @Optional() @IsDay()
  knownAt?: string;

  @Blank() @Optional() @OneOf(['separate', 'expansion', 'net'])
  reactivation?: 'separate' | 'expansion' | 'net';

  @Blank() @Optional() @OneOf(['end', 'notice'])
  churnAt?: 'end' | 'notice';

  @Blank() @Optional() @OneOf(['expansion', 'apart'])
  escalators?: 'expansion' | 'apart';

  @Blank() @Optional() @OneOf(['excluded', 'included', 'only'])
  usage?: 'excluded' | 'included' | 'only';
}

export class RevenueCustomersForm extends RevenueForm {
  @OneOf(REVENUE_FIGURES)
  movement!: RevenueFigure;

  @Blank() @Optional() @Line(1_000)
  cursor?: string;
}

export class IncidentsForm {
  @Blank() @Optional() @OneOf(INCIDENTS)
  incident?: Incident;
}
