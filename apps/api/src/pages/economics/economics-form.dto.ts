import { IsIn } from 'class-validator';
import { ECONOMICS_GROUPS, type EconomicsGroup } from '#read-model';
import { IsDay, Line, Optional } from '../../http/rules.js';
import { Blank } from '../forms.dto.js';

export class EconomicsForm {
  @Blank() @Optional() @IsDay()
  from?: string;

  @Blank() @Optional() @IsDay()
  to?: string;

  @Blank() @Optional() @IsDay()
  knownAt?: string;

  @Blank() @Optional() @Line(200)
  segment?: string;

  @Blank() @Optional() @IsIn(ECONOMICS_GROUPS)
  by?: EconomicsGroup;
}
