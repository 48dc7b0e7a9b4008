import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { CUSTOMER_SORTS } from '#read-model';

const bands = ['healthy', 'watch', 'at-risk', 'unknown'];
type Sort = (typeof CUSTOMER_SORTS)[number];

export class ReadQuery {
  /** Waits up to 5 s until this position can be read. */
  @IsOptional() @Matches(/^\d{1,9}\.\d{1,15}$/, { message: 'minPosition must be a position such as 1.42' })
  minPosition?: string;
}

export class OwnerQuery extends ReadQuery {
  /** A person's code, `me` or `all`. With a key of role csm: `me` when left out. */
  @IsOptional() @Matches(/^[A-Za-z0-9._:/-]{1,100}$/)
  owner?: string;
}

export class TodayQuery extends OwnerQuery {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100)
  limit?: number;
}

export class CustomersQuery extends OwnerQuery {
  /** Part of the name or id. */
  @IsOptional() @MaxLength(200)
  q?: string;

  @IsOptional() @IsIn(bands)
  band?: string;

  @IsOptional() @MaxLength(100)
  segment?: string;

  @IsOptional() @IsIn(['active', 'ended', 'prospect'])
  status?: string;

  /** `false`: only customers that nobody has registered yet. */
  @IsOptional() @IsIn(['true', 'false'])
  claimed?: 'true' | 'false';

  @IsOptional() @IsIn(CUSTOMER_SORTS)
  sort?: Sort;

  @IsOptional() @MaxLength(100)
  cursor?: string;

  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200)
  limit?: number;
}

export class TimelineQuery extends ReadQuery {
  /** `ticket`, `survey`, …; `x` for types of your own. */
  @IsOptional() @Matches(/^[a-z][a-z-]{0,30}$/)
  family?: string;

  @IsOptional() @MaxLength(100)
  cursor?: string;

  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200)
  limit?: number;
}

export class HealthQuery extends ReadQuery {
  /** What was true then: an instant, or a date, which means the end of that day. */
  @IsOptional() @MaxLength(40)
  asOf?: string;

  /** What was known then. */
  @IsOptional() @MaxLength(40)
  knownAt?: string;
}

export class SpanQuery extends ReadQuery {
  @IsOptional() @MaxLength(40)
  from?: string;

  @IsOptional() @MaxLength(40)
  to?: string;

  @IsOptional() @MaxLength(40)
  knownAt?: string;
}

export class HistoryQuery extends SpanQuery {
  /** Days between two points. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(366)
  step?: number;
}
