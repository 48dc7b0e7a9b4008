import { IsIn } from 'class-validator';
import { Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class VerifyQuery {
  @Says('`true` also verifies generations that are being built or kept; else the live ones.', { default: 'false' })
  @Optional() @IsIn(['true', 'false'])
  all?: 'true' | 'false';
}
