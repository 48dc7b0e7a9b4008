import { IsObject, Matches } from 'class-validator';
import { REPORT_FORMATS, type ReportFormat } from '#read-model';
import { Code, IsFigure, IsMoment, IsWhole, Line, ListOf, OneOf, Optional, Part, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { ReadQuery } from '../reads/queries.dto.js';

const FORMATS = Object.keys(REPORT_FORMATS);
const Quarter = () => Matches(/^\d{4}-Q[1-4]$/, { message: '$property must be a quarter such as 2026-Q3' });

export class ReportQuery extends ReadQuery {
  @Says('The quarter that is reported; left out: the last one that is over. One that runs is told as far as it has come.', { example: '2026-Q3' })
  @Optional() @Quarter()
  period?: string;

  @Says('Only customers of this segment.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;

  @Says('Facts up to this position of the log count; left out: all that are final.', { example: '1.42' })
  @Optional() @Matches(/^\d{1,9}\.\d{1,15}$/, { message: 'position must be a position such as 1.42' })
  position?: string;

  @Says('What had happened by then counts: an instant, or a date, which means the end of that day; of the quarter. Left out: its end, or now while it runs.', { example: '2026-09-30' })
  @Optional() @IsMoment()
  asOf?: string;

  @Says('What was known then counts: an instant, or a date, which means the end of that day. Now when left out, or when it has not come yet.', { example: '2026-10-02T06:00:00Z' })
  @Optional() @IsMoment()
  knownAt?: string;
}

export class StrategicReportQuery extends ReportQuery {
  @Says('As what; left out: by `Accept`, else JSON.', { example: 'pdf' })
  @Optional() @OneOf(FORMATS)
  format?: ReportFormat;
}

export class ReportFileQuery {
  @Says('As what; left out: by `Accept`, else JSON.', { example: 'pdf' })
  @Optional() @OneOf(FORMATS)
  format?: ReportFormat;
}

export class PublishDto {
  @Says('The quarter; left out: the last one that is over.', { example: '2026-Q3' })
  @Optional() @Quarter()
  period?: string;

  @Says('Only customers of this segment.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;
}

export class TargetDto {
  @Says('In the unit of the figure: shares from 0 to 1, money in minor units of the reporting currency.', { example: 0.92 })
  @IsFigure(-9e12, 9e12)
  value!: number;

  @Says('Why, without names of persons.', { example: 'Plan of the board' })
  @Reason()
  reason!: string;
}

class MoneyDto {
  @Says('In minor units.', { example: 14_000_000 })
  @IsWhole(0, 9e12)
  amount!: number;

  @Says('ISO 4217.', { example: 'EUR' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be an ISO 4217 code such as EUR' })
  currency!: string;
}

class EventRefDto {
  @Says('The system that sent it.', { example: 'helpdesk' })
  @Line(200)
  source!: string;

  @Says("That system's id of it.", { example: 'T-4410-reopened' })
  @Line(200)
  id!: string;
}

export class EvidenceDto {
  @Says('What it is; the field of the same name says which.', { example: 'figure' })
  @OneOf(['event', 'figure', 'report'])
  kind!: 'event' | 'figure' | 'report';

  @Says('A fact.')
  @Optional() @Part(EventRefDto)
  event?: EventRefDto;

  @Says('Id of a figure of the strategic report.', { example: 'retention' })
  @Optional() @Code()
  figure?: string;

  @Says('Id of a published report.', { example: '2026-Q3-1' })
  @Optional() @Code()
  report?: string;
}

export class DecisionDto {
  @Says('What is to be done, without names of persons.', { example: 'Two more people for the service desk' })
  @Reason()
  what!: string;

  @Says('How it stands; `asked`: it is asked for in the report.', { example: 'taken' })
  @OneOf(['asked', 'taken', 'declined'])
  state!: 'asked' | 'taken' | 'declined';

  @Says('Whom it binds: the company as a whole, or how daily work is done.', { example: 'corporate' })
  @OneOf(['corporate', 'operational'])
  level!: 'corporate' | 'operational';

  @Says('What it costs.')
  @Optional() @IsObject({ message: 'cost must be an amount and its currency' }) @Part(MoneyDto)
  cost?: MoneyDto;

  @Says('The yearly amount that it is about.')
  @Optional() @IsObject({ message: 'arr must be an amount and its currency' }) @Part(MoneyDto)
  arr?: MoneyDto;

  @Says('Why it was decided so.', { example: 'Waiting is what hurts most' })
  @Optional() @Reason()
  reason?: string;

  @Says('What it stands on.')
  @Optional() @ListOf(EvidenceDto, 50)
  evidence?: EvidenceDto[];
}

