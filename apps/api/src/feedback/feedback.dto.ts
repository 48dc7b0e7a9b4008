import { ArrayMinSize, IsArray, IsString, MaxLength, MinLength } from 'class-validator';
import { FEEDBACK_FILTERS } from '#read-model';
import { Code, IsWhole, Line, OneOf, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { OwnerQuery } from '../reads/queries.dto.js';

const NOTE = 'What should be remembered about it. Kept sealed, as personal data.';

class NoteDto {
  @Says(NOTE)
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  note?: string;
}

export class FeedbackQuery extends OwnerQuery {
  @Says('How far it has come; `open`: the customer was not told yet what became of it.', { default: 'open' })
  @Optional() @OneOf(FEEDBACK_FILTERS)
  step?: (typeof FEEDBACK_FILTERS)[number];

  @Says('Only what this department has, or had last.', { example: 'product' })
  @Optional() @Code()
  department?: string;

  @Says('Only of this customer: our id, or `system:id`.')
  @Optional() @Line(300)
  customer?: string;

  @Says('At most so many.', { default: 100 })
  @Optional() @WholeNumber(1, 500)
  limit?: number;
}

export class RaiseDto extends NoteDto {
  @Says('Whose feedback it is: our id, or `system:id`; may be left out where a survey is named.')
  @Optional() @Line(300)
  customer?: string;

  @Says('What they want, in their words or ours; may be left out where a survey is named, whose answer then says it. Kept sealed.')
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  what?: string;

  @Says('Who said it: our id of the contact; of an answer, who gave it.')
  @Optional() @Code()
  contact?: string;

  @Says('The survey whose answer it comes out of; the caller is noted as having read it.', { example: 'V-901' })
  @Optional() @Code()
  survey?: string;

  @Says('The ticket that it comes out of.')
  @Optional() @Code()
  ticket?: string;

  @Says('The department to send it to at once.', { example: 'product' })
  @Optional() @Code()
  department?: string;
}

export class RouteDto extends NoteDto {
  @Says('The department that can do something about it.', { example: 'product' })
  @Code()
  department!: string;
}

export class AcceptDto extends NoteDto {}

export class DeclineDto extends NoteDto {
  @Says('Why, as a short code: not-ours, not-planned, …', { example: 'not-planned' })
  @Code()
  reason!: string;
}

export class AnswerDto {
  @Says('What the department answers. Kept sealed.')
  @IsString() @MinLength(1) @MaxLength(10_000)
  what!: string;

  @Says('Who at the customer got the answer, as our id of the contact; left out: it is to be passed on.')
  @Optional() @Code()
  to?: string;
}

export class TellDto extends NoteDto {
  @Says('Who at the customer was told, as our id of the contact.')
  @Optional() @Code()
  contact?: string;
}

export class ThemesDto {
  @Says('What it is about, as short codes; they take the place of those before.', { example: ['printing'] })
  @IsArray() @ArrayMinSize(1) @Line(100, { each: true })
  themes!: string[];
}

export class DepartmentDto {
  @Says('What people call it.', { example: 'Product management' })
  @Line(200)
  name!: string;

  @Says('Who answers for it: the code of a person.', { example: 'ilka' })
  @Code()
  owner!: string;

  @Says('Working hours within which it is to answer.', { example: 40 })
  @IsWhole(1, 10_000)
  answerWithinHours!: number;
}
