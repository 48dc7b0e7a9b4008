import { IsIn, Matches } from 'class-validator';
import { Line, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class ImportQuery {
  @Says('Joins the events of several requests, so that they can be taken back together; one of ours when left out.', { example: 'helpdesk-2025' })
  @Optional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'import must be up to 64 letters, digits and . _ -, the first a letter or digit' })
  import?: string;

  @Says('`true` checks everything and writes nothing.', { default: 'false' })
  @Optional() @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

export class RetractionDto {
  @Says('Why, in your words. No personal data.', { example: 'The wrong file.' })
  @Line(500)
  reason!: string;
}
