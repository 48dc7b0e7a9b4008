import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, Matches } from 'class-validator';
import { IsWhole, Line, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class ReportScheduleDto {
  @Says('Whether the report of a quarter is published by itself.')
  @IsBoolean({ message: 'on must be true or false' })
  on!: boolean;

  @Says("So many days after the last of the quarter, as that day begins on the tenant's calendar; facts that are told until then are in.", { default: 5, example: 5 })
  @Optional() @IsWhole(1, 60)
  daysAfter?: number;

  @Says('Segments, each with a report of its own beside that of all customers; left out: none.', { example: ['enterprise'] })
  @Optional() @IsArray({ message: 'segments must be a list' }) @ArrayMaxSize(10, { message: 'segments must have at most 10 entries' }) @ArrayUnique({ message: 'segments must name each once' }) @Line(200, { each: true })
  segments?: string[];

  @Says('Whom of the staff it is mailed to, by their codes; left out: everybody whose roles name `executive`.', { example: ['mara'] })
  @Optional() @IsArray({ message: 'to must be a list' }) @ArrayMaxSize(50, { message: 'to must have at most 50 entries' }) @ArrayUnique({ message: 'to must name each once' })
  @Matches(/^[A-Za-z0-9._:/-]{1,100}$/, { each: true, message: 'each of to must be the code of somebody, of 1 to 100 letters, digits and . _ : / -' })
  to?: string[];
}
