import { Line } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class EpochDto {
  @Says('Why: which copy was put back.', { example: 'Copy of Monday 02:00 put back' })
  @Line(200)
  reason!: string;
}
