import { ArrayMaxSize, IsArray, IsBoolean, Matches } from 'class-validator';
import { Line } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class StaffDto {
  @Says('Where they are written to. A setting, no fact: it is changed and deleted for good.', { example: 'mara@us.example' })
  @Matches(/^[^\s@<>"]{1,64}@[^\s@<>"]{1,189}$/, { message: 'email must be an e-mail address' })
  email!: string;

  @Says('What they do, in words of your own.', { example: ['csm'] })
  @IsArray({ message: 'roles must be a list' }) @ArrayMaxSize(20) @Line(50, { each: true })
  roles!: string[];
}

export class MorningMailDto {
  @Says("When it goes out, on the clock on the tenant's wall.", { example: '07:30' })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'at must be a time such as 07:30' })
  at!: string;

  @Says('Whether it goes out at all.')
  @IsBoolean({ message: 'on must be true or false' })
  on!: boolean;
}
