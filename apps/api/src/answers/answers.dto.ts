import { IsString, MaxLength, MinLength } from 'class-validator';
import { ANSWER_FILTERS } from '#read-model';
import { Code, IsDay, Line, OneOf, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { OwnerQuery, ReadQuery } from '../reads/queries.dto.js';

const NOTE = 'What should be remembered about it. Kept sealed, as personal data.';

export class AnswersQuery extends OwnerQuery {
  @Says('Which: that nobody read yet, that was read and of which nothing came yet, of which something came, that came with history and was read by nobody that we know of, or all.', { default: 'unread' })
  @Optional() @OneOf(ANSWER_FILTERS)
  state?: (typeof ANSWER_FILTERS)[number];

  @Says('Only of this customer: our id, or `system:id`.')
  @Optional() @Line(300)
  customer?: string;

  @Says('`next` of the page before.')
  @Optional() @Line(1_000)
  cursor?: string;

  @Says('At most so many answers on a page.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;
}

export class AnswersSummaryQuery extends OwnerQuery {
  @Says("The first day on which answers were given, on the tenant's calendar; 89 days before `to` when left out.")
  @Optional() @IsDay()
  from?: string;

  @Says('The last day; today when left out.')
  @Optional() @IsDay()
  to?: string;

  @Says('Days within which an answer should be seen.', { default: 7 })
  @Optional() @WholeNumber(1, 366)
  within?: number;
}

export class AnswerQuery extends ReadQuery {
  @Says('The customer, our id or `system:id`; needed only where several have a survey of this number.')
  @Optional() @Line(300)
  customer?: string;
}

export class AnswerOfQuery {
  @Says('The customer, our id or `system:id`; needed only where several have a survey of this number.')
  @Optional() @Line(300)
  customer?: string;
}

export class ComplaintDto {
  @Says(NOTE)
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  note?: string;
}

export class SetAsideDto {
  @Says('Why there is nothing to do, as a short code: praise, dealt-with, known-issue, no-content, …', { example: 'praise' })
  @Code()
  reason!: string;

  @Says(NOTE)
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  note?: string;
}
