import { IsBoolean, IsObject } from 'class-validator';
import { PinnedDto } from '../churn/pinned.dto.js';
import { Code, IsDay, IsWhole, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

/** Which card is tried, on which part of the history. */
export class SimulationDto extends PinnedDto {
  @Says('The scorecard that is tried; or `id`.')
  @Optional() @IsObject()
  card?: Record<string, unknown>;

  @Says('Id of a scorecard that was drafted; or `card`.', { example: 'first-scorecard' })
  @Optional() @Code()
  id?: string;

  @Says('Its version; the newest when left out.', { example: 2 })
  @Optional() @IsWhole(1, 1_000_000)
  version?: number;

  @Says('Every day from this one on is looked at; one year before `to` when left out.', { example: '2025-12-01' })
  @Optional() @IsDay()
  from?: string;

  @Says('`true` also draws it: the answer then has a `page`, HTML in one file.', { default: false })
  @Optional() @IsBoolean()
  page?: boolean;
}
