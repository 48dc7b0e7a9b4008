import { IsBoolean, IsInt, IsObject, Matches, Max, Min } from 'class-validator';
import { Code, IsDay, IsMoment, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

/** Which card is tried, on which part of the history. */
export class SimulationDto {
  @Says('The scorecard that is tried; or `id`.')
  @Optional() @IsObject()
  card?: Record<string, unknown>;

  @Says('Id of a scorecard that was drafted; or `card`.', { example: 'first-scorecard' })
  @Optional() @Code()
  id?: string;

  @Says('Its version; the newest when left out.', { example: 2 })
  @Optional() @IsInt() @Min(1) @Max(1_000_000)
  version?: number;

  @Says('Every day from this one on is looked at; one year before `to` when left out.', { example: '2025-12-01' })
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

  @Says('`true` also draws it: the answer then has a `page`, HTML in one file.', { default: false })
  @Optional() @IsBoolean()
  page?: boolean;
}
