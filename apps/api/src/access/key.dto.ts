import { Type } from 'class-transformer';
import { IsDefined, IsIn, Matches, ValidateNested } from 'class-validator';
import { IsWhole, Line, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { roleNames, type Role } from './roles.js';

class ActorDto {
  @Says('Whether a person or a system acts with the key.')
  @IsIn(['person', 'system'])
  kind!: 'person' | 'system';

  @Says('Our own id of that person or system, never an e-mail address.', { example: 'anna' })
  @Matches(/^[A-Za-z0-9._:-]{1,64}$/, { message: '$property must be 1 to 64 letters, digits and . _ : -' })
  id!: string;
}

export class NewKeyDto {
  @Says('What the key is for, in your words.', { example: 'Helpdesk to Touchline' })
  @Line(100)
  name!: string;

  @Says('What the key may do.')
  @IsIn(roleNames)
  role!: Role;

  @Says('In whose name the key acts; written on each event.')
  @IsDefined() @ValidateNested() @Type(() => ActorDto)
  actor!: ActorDto;

  @Says('Days until it expires.', { default: 365 })
  @Optional() @IsWhole(1, 3_650)
  days?: number;
}

export class RotationDto {
  @Says('Hours that the former secret stays good.', { default: 24 })
  @Optional() @IsWhole(0, 720)
  graceHours?: number;
}
