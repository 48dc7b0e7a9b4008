import { Code, IsDay, Optional } from '../../http/rules.js';
import { Blank } from '../forms.dto.js';

export class JourneyForm {
  @Blank() @Optional() @IsDay()
  asOf?: string;

  @Blank() @Optional() @Code()
  start?: string;
}
