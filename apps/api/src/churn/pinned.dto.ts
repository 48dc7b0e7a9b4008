import { Matches } from 'class-validator';
import { IsDay, IsMoment, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

/** Where the part of the history ends that a long computation looks at, and what of it counts. */
export class PinnedDto {
  @Says('Up to this day; the last one that is over when left out.')
  @Optional() @IsDay()
  to?: string;

  @Says('What was known then counts: an instant, or a date, which means the end of that day. The end of the last day that is over when left out. A simulation takes an instant within a day as it is; a training or a proposal, which need whole days, takes the end of the last day that was over by then.')
  @Optional() @IsMoment()
  knownAt?: string;

  @Says('Only facts up to this position count. With `knownAt` it pins a result: whoever gives both again gets the same.', { example: '1.84210' })
  @Optional() @Matches(/^\d{1,9}\.\d{1,15}$/, { message: 'upTo must be a position such as 1.84210' })
  upTo?: string;
}
