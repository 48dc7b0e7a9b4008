import { Transform } from 'class-transformer';
import { IsIn, IsISO8601, IsOptional, Matches, MaxLength } from 'class-validator';
import { CUSTOMER_SORTS } from '#read-model';
import { bandOrder } from './words.js';

/** A field of a form that was left empty counts as not sent. */
const Blank = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? undefined : value));
const CODE = /^[A-Za-z0-9._:/-]{1,100}$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const SAY_DATE = '$property must be a date such as 2026-11-30';

class OwnerForm {
  @Blank() @IsOptional() @Matches(CODE, { message: 'owner must be a code of letters, digits and . _ : / -' })
  owner?: string;
}

export class PortfolioForm extends OwnerForm {}

export class TodayForm extends OwnerForm {
  /** What was just noted. */
  @Blank() @IsOptional() @IsIn(['done', 'snooze'])
  noted?: string;
}

export class CustomersForm extends OwnerForm {
  @Blank() @IsOptional() @MaxLength(200)
  q?: string;

  @Blank() @IsOptional() @IsIn(bandOrder)
  band?: string;

  @Blank() @IsOptional() @MaxLength(100)
  segment?: string;

  /** Those who ended are shown on request only. */
  @Blank() @IsOptional() @IsIn(['ended'])
  status?: 'ended';

  @Blank() @IsOptional() @IsIn(['true', 'false'])
  claimed?: 'true' | 'false';

  @Blank() @IsOptional() @IsIn(CUSTOMER_SORTS)
  sort?: (typeof CUSTOMER_SORTS)[number];

  @Blank() @IsOptional() @MaxLength(100)
  cursor?: string;
}

export class CustomerForm {
  @Blank() @IsOptional() @Matches(DATE, { message: SAY_DATE }) @IsISO8601({ strict: true }, { message: SAY_DATE })
  asOf?: string;

  /** `then`: only what was known on that day. */
  @Blank() @IsOptional() @IsIn(['then'])
  known?: 'then';

  @Blank() @IsOptional() @Matches(/^[a-z][a-z-]{0,30}$/)
  family?: string;

  /** First and last day of the timeline. */
  @Blank() @IsOptional() @Matches(DATE, { message: SAY_DATE }) @IsISO8601({ strict: true }, { message: SAY_DATE })
  from?: string;

  @Blank() @IsOptional() @Matches(DATE, { message: SAY_DATE }) @IsISO8601({ strict: true }, { message: SAY_DATE })
  to?: string;

  @Blank() @IsOptional() @MaxLength(100)
  cursor?: string;
}

export class DoneForm extends OwnerForm {
  @Matches(CODE)
  outcome!: string;

  @Blank() @IsOptional() @MaxLength(10_000)
  note?: string;
}

export class SnoozeForm extends OwnerForm {
  @Matches(DATE, { message: SAY_DATE }) @IsISO8601({ strict: true }, { message: SAY_DATE })
  until!: string;

  @Blank() @IsOptional() @MaxLength(10_000)
  note?: string;
}
