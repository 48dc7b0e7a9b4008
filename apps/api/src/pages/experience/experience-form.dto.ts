import { IsIn } from 'class-validator';
import { EXPERIENCE_GROUPS, type ExperienceGroup } from '#read-model';
import { IsDay, Optional } from '../../http/rules.js';
import { Blank } from '../forms.dto.js';

export class ExperienceForm {
  @Blank() @Optional() @IsDay()
  from?: string;

  @Blank() @Optional() @IsDay()
  to?: string;

  @Blank() @Optional() @IsIn(EXPERIENCE_GROUPS)
  by?: ExperienceGroup;
}
