import { IsIn } from 'class-validator';
import { DEMAND_SORTS, type DemandSort } from '#insight';
import { IsDay, Optional } from '../../http/rules.js';
import { Blank } from '../forms.dto.js';

export class DemandForm {
  @Blank() @Optional() @IsIn(DEMAND_SORTS)
  sort?: DemandSort;

  @Blank() @Optional() @IsDay()
  asOf?: string;
}
