import { IsBoolean } from 'class-validator';
import { PinnedDto } from '../churn/pinned.dto.js';
import { IsDay, IsWhole, Optional, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

/** For which version, from which part of the history, and whether it becomes a draft. */
export class ProposeDto extends PinnedDto {
  @Says('The version whose weights are held against outcomes; the one in force when left out, or else the newest.', { example: 1 })
  @Optional() @IsWhole(1, 1_000_000)
  version?: number;

  @Says('Customers are looked at from the month end after this day on; three years before `to` when left out.', { example: '2023-12-01' })
  @Optional() @IsDay()
  from?: string;

  @Says('Seed of the intervals: the same seed and history give the same result to the last byte.', { default: 1 })
  @Optional() @IsWhole(0, 4_294_967_295)
  seed?: number;

  @Says('`true` stores the card with these weights as its next version. It scores nobody until it is published.', { default: false })
  @Optional() @IsBoolean()
  draft?: boolean;

  @Says('Why it is drafted; needed for a draft. No personal data.', { example: 'Weights of the yearly review' })
  @Optional() @Reason()
  reason?: string;
}
