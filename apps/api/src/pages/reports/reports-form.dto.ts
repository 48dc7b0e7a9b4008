import { Matches } from 'class-validator';
import { Line, OneOf, Optional } from '../../http/rules.js';
import { Blank } from '../forms.dto.js';

/** What the report page can open: a page, or a file. */
export const SHAPES = ['html', 'pdf', 'csv'] as const;

export class OpenReportForm {
  @Blank() @Optional() @Matches(/^\d{4}-Q[1-4]$/, { message: 'period must be a quarter such as 2026-Q3' })
  period?: string;

  @Blank() @Optional() @Line(200)
  segment?: string;

  @Blank() @Optional() @OneOf(SHAPES)
  format?: (typeof SHAPES)[number];
}
