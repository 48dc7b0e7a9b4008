import { IsIn } from 'class-validator';
import { JOURNEY_GROUPINGS, type JourneyGrouping } from '#insight';
import { Code, IsDay, Optional } from '../../http/rules.js';
import { Blank } from '../forms.dto.js';

export class JourneyForm {
  @Blank() @Optional() @IsDay()
  asOf?: string;

  @Blank() @Optional() @Code()
  start?: string;

  @Blank() @Optional() @IsIn(JOURNEY_GROUPINGS)
  by?: JourneyGrouping;
}
