import { IsIn, Matches } from 'class-validator';
import { erasureReasons } from '#journey';
import { Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class ErasureDto {
  @Says('Why. A code, so that nothing about the person is written down beside the certificate.')
  @IsIn(erasureReasons)
  reason!: (typeof erasureReasons)[number];

  @Says('Number of the case in your own register, with at least one digit. Kept for ever and readable by everybody: no names.', { example: 'DSR-2026-114' })
  @Optional() @Matches(/^(?=.*\d)[A-Za-z0-9._:/-]{1,40}$/, { message: 'reference must be up to 40 letters, digits and . _ : / -, with at least one digit' })
  reference?: string;
}
