import { Matches } from 'class-validator';
import { Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const POSITION = /^\d{1,9}\.\d{1,15}$/;

export class LogExportQuery {
  @Says('Only events after this position; from the beginning when left out. Whoever was cut off goes on from the position of the last event that they have.', { example: '1.42' })
  @Optional() @Matches(POSITION, { message: 'from must be a position such as 1.42' })
  from?: string;

  @Says('Only events up to this position; all that are final now when left out.', { example: '1.4711' })
  @Optional() @Matches(POSITION, { message: 'to must be a position such as 1.42' })
  to?: string;
}
