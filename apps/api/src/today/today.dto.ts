import { IsString, MaxLength, MinLength } from 'class-validator';
import { Code, IsDay, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const NOTE = 'What was said. Kept sealed, as personal data.';

export class DoneDto {
  @Says('A short code: reached, left-message, saved, …', { example: 'reached' })
  @Code()
  outcome!: string;

  @Says(NOTE)
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  note?: string;
}

export class SnoozeDto {
  @Says('The day on which to show the customer again, after today and at most 366 days after it.', { example: '2026-11-30' })
  @IsDay()
  until!: string;

  @Says(NOTE)
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  note?: string;
}
