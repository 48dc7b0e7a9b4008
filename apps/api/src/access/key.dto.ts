import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateNested, IsDefined } from 'class-validator';
import { roleNames, type Role } from './roles.js';

export class ActorDto {
  /** Whether a person or a system acts with the key. */
  @IsIn(['person', 'system'])
  kind!: 'person' | 'system';

  /** Our own id of that person or system, never an e-mail address. */
  @Matches(/^[A-Za-z0-9._:-]{1,64}$/)
  id!: string;
}

export class NewKeyDto {
  /** What the key is for, in your words. */
  @Matches(/^[^\p{Cc}]{1,100}$/u)
  name!: string;

  @IsIn(roleNames)
  role!: Role;

  @IsDefined() @ValidateNested() @Type(() => ActorDto)
  actor!: ActorDto;

  /** Days until it expires. */
  @IsOptional() @IsInt() @Min(1) @Max(3_650)
  days?: number;
}

export class RotationDto {
  /** Hours that the former secret stays good; 24 when left out. */
  @IsOptional() @IsInt() @Min(0) @Max(720)
  graceHours?: number;
}
