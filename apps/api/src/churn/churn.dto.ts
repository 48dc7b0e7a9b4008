import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn } from 'class-validator';
import { featureNames, LEAVING_CAUSES, type LeavingCause } from '#insight';
import { IsDay, IsWhole, Line, Optional, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { PinnedDto } from './pinned.dto.js';

const FEATURES = featureNames();
const MOST_COLUMNS = 100;

/** Which history is looked at, and what is made of it. */
class WindowDto extends PinnedDto {
  @Says('`logistic`: a sum of weighted figures; `additive`: a curve for each figure, fitted by boosting.', { default: 'logistic' })
  @Optional() @IsIn(['logistic', 'additive'])
  kind?: 'logistic' | 'additive';

  @Says('Seed of its chance: the same seed and history give the same result to the last byte.', { default: 1 })
  @Optional() @IsWhole(0, 4_294_967_295)
  seed?: number;

  @Says('The only features that may be looked at; those of a horizon without its days. All when left out.', { example: ['due', 'covered', 'amount', 'trend'] })
  @Optional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_COLUMNS) @IsIn(FEATURES, { each: true })
  features?: string[];

  @Says('The causes of leaving that count; who left for another one is out of sight from then on. Every one but `merger` when left out.', { example: ['voluntary'] })
  @Optional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(LEAVING_CAUSES.length) @IsIn([...LEAVING_CAUSES], { each: true })
  causes?: LeavingCause[];

  @Says('Columns that look too good to be true and that somebody has looked at: they could be known at that time.', { example: ['due-30'] })
  @Optional() @IsArray() @ArrayMaxSize(MOST_COLUMNS) @Line(200, { each: true })
  accept?: string[];

  @Says('Customers are looked at from the month end after this day on; three years before `to` when left out.', { example: '2023-12-01' })
  @Optional() @IsDay()
  from?: string;

  @Says('Who gives notice within so many days is left out: that comes too soon to be of use.', { default: 0 })
  @Optional() @IsWhole(0, 366)
  gapDays?: number;
}

export class BacktestDto extends WindowDto {
  @Says('`true` also draws it: the answer then has a `page`, HTML in one file.', { default: false })
  @Optional() @IsBoolean()
  page?: boolean;
}

/** Rows are told for the same. */
export class RowsDto extends WindowDto {}

export class TrainDto extends WindowDto {
  @Says('`true` trains and stores nothing.', { default: false })
  @Optional() @IsBoolean()
  dryRun?: boolean;
}

export class PromoteDto {
  @Says('Why, if the figures do not say it. Where columns look too good to be true, it names each of them. No personal data.', { example: 'Prices changed in March; the old one has never seen that' })
  @Optional() @Reason()
  reason?: string;
}

export class RetireDto {
  @Says('Why. No personal data.', { example: 'It has drifted' })
  @Reason()
  reason!: string;
}
