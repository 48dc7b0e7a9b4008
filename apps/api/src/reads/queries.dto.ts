import { IsIn, Matches } from 'class-validator';
import { CUSTOMER_SORTS, HORIZON_NAMES, type HorizonName } from '#read-model';
import { Code, IsDay, IsMoment, Line, OneOf, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

type Sort = (typeof CUSTOMER_SORTS)[number];

/** For routes that take no parameters: all are refused by name. */
export class NoQuery {}

export class ReadQuery {
  @Says('Waits up to 5 seconds until the answer includes this position: the one that was given when you wrote.', { example: '1.42' })
  @Optional() @Matches(/^\d{1,9}\.\d{1,15}$/, { message: 'minPosition must be a position such as 1.42' })
  minPosition?: string;
}

export class OwnerQuery extends ReadQuery {
  @Says('Whose customers: the code of a person, `me` or `all`. When left out: `me` for a key of role csm, else `all`.', { example: 'all' })
  @Optional() @Code()
  owner?: string;
}

export class TodayQuery extends OwnerQuery {
  @Says('At most so many customers.', { default: 10 })
  @Optional() @WholeNumber(1, 100)
  limit?: number;
}

export class CustomersQuery extends OwnerQuery {
  @Says('Part of the name, or our whole id, in any case.', { example: 'logistik' })
  @Optional() @Line(200)
  q?: string;

  @Says('Only customers of this band.')
  @Optional() @IsIn(['healthy', 'watch', 'at-risk', 'unknown'])
  band?: string;

  @Says('Only customers of this segment, written as registered.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;

  @Says('Only customers that buy from us now, no longer, or not yet; `current`: all but those who ended, as the bands of the portfolio count them; `all`: also those who ended.', { default: 'current' })
  @Optional() @IsIn(['active', 'ended', 'prospect', 'current', 'all'])
  status?: string;

  @Says('`false`: only customers that nobody has registered yet; `true`: only the others.')
  @Optional() @IsIn(['true', 'false'])
  claimed?: 'true' | 'false';

  @Says('Order; a minus turns it round. What is not known comes last. `divergence`: those first of whom payers and users see the most different scores.', { default: 'id' })
  @Optional() @IsIn(CUSTOMER_SORTS)
  sort?: Sort;

  @Says('`next` of the page before; only `limit` counts beside it.')
  @Optional() @Line(6_000)
  cursor?: string;

  @Says('At most so many customers on a page.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;
}

export class TimelineQuery extends ReadQuery {
  @Says('Only facts of this family: `ticket`, `survey`, …; `x` for types of your own.', { example: 'ticket' })
  @Optional() @Matches(/^[a-z][a-z-]{0,30}$/, { message: 'family must be the first part of a type, such as ticket' })
  family?: string;

  @Says("The first day, on the tenant's calendar.")
  @Optional() @IsDay()
  from?: string;

  @Says("The last day, on the tenant's calendar.")
  @Optional() @IsDay()
  to?: string;

  @Says('`next` of the page before.')
  @Optional() @Line(100)
  cursor?: string;

  @Says('At most so many touches on a page.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;
}

const KNOWN_AT = 'What was known then counts: an instant, or a date, which means the end of that day. Now when left out, or when it has not come yet.';

export class HealthQuery extends ReadQuery {
  @Says('What was true then counts: an instant, or a date, which means the end of that day. Now when left out; not after today.', { example: '2026-06-30' })
  @Optional() @IsMoment()
  asOf?: string;

  @Says(KNOWN_AT)
  @Optional() @IsMoment()
  knownAt?: string;
}

export class ChurnRiskQuery extends HealthQuery {
  @Says('The horizon that is explained: so many days, or to the next renewal and 30 days beyond.', { default: '90' })
  @Optional() @OneOf(HORIZON_NAMES)
  horizon?: HorizonName;

  @Says('Id of a model, or `prior`; the one that was in force at `knownAt` when left out.', { example: 'prior' })
  @Optional() @Code()
  model?: string;
}

export class SpanQuery extends ReadQuery {
  @Says('The earlier moment: an instant, or a date, which means the end of that day. 30 days before `to` when left out.')
  @Optional() @IsMoment()
  from?: string;

  @Says('The later moment. Now when left out; not after today.')
  @Optional() @IsMoment()
  to?: string;

  @Says(KNOWN_AT)
  @Optional() @IsMoment()
  knownAt?: string;
}

export class HistoryQuery extends ReadQuery {
  @Says('The first day; 90 days before `to` when left out. At most 3,660 days before `to`.')
  @Optional() @IsDay()
  from?: string;

  @Says('The last day; today when left out, and not after it.')
  @Optional() @IsDay()
  to?: string;

  @Says(KNOWN_AT)
  @Optional() @IsMoment()
  knownAt?: string;

  @Says('Days between two points.', { default: 1 })
  @Optional() @WholeNumber(1, 366)
  step?: number;
}
