import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';

/** Which parked customers: of one projection, or one customer; all when left out. */
export class ParkedQuery {
  @IsOptional() @Matches(/^[a-z][a-z-]{0,40}$/)
  projection?: string;

  /** Our id of the customer. */
  @IsOptional() @MaxLength(200)
  customer?: string;
}

export class SwitchQuery {
  /** `true` only goes back to the generation that was live before the last switch. */
  @IsOptional() @IsIn(['true', 'false'])
  undo?: 'true' | 'false';
}
