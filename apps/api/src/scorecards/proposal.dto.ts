import { IsBoolean, IsInt, Matches, Max, Min } from 'class-validator';
import { IsDay, IsMoment, Optional, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

/** For which version, from which part of the history, and whether it becomes a draft. */
export class ProposeDto {
  @Says('The version whose weights are held against outcomes; the one in force when left out, or else the newest.', { example: 1 })
  @Optional() @IsInt() @Min(1) @Max(1_000_000)
  version?: number;

  @Says('Customers are looked at from the month end after this day on; three years before `to` when left out.', { example: '2023-12-01' })
  @Optional() @IsDay()
  from?: string;

  @Says('Up to this day; the last one that is over when left out.')
  @Optional() @IsDay()
  to?: string;

  @Says('What was known then counts: an instant, or a date, which means the end of that day. The end of the last day that is over when left out.')
  @Optional() @IsMoment()
  knownAt?: string;

  @Says('Only facts up to this position count. With `knownAt` it pins a result: whoever gives both again gets the same.', { example: '1.84210' })
  @Optional() @Matches(/^\d{1,9}\.\d{1,15}$/, { message: 'upTo must be a position such as 1.84210' })
  upTo?: string;

  @Says('Seed of the intervals: the same seed and history give the same result to the last byte.', { default: 1 })
  @Optional() @IsInt() @Min(0) @Max(4_294_967_295)
  seed?: number;

  @Says('`true` stores the card with these weights as its next version. It scores nobody until it is published.', { default: false })
  @Optional() @IsBoolean()
  draft?: boolean;

  @Says('Why it is drafted; needed for a draft. No personal data.', { example: 'Weights of the yearly review' })
  @Optional() @Reason()
  reason?: string;
}
