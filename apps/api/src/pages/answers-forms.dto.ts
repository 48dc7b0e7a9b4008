import { IsIn, IsString, MaxLength } from 'class-validator';
import { ANSWER_FILTERS } from '#read-model';
import { Code, Line, Optional } from '../http/rules.js';
import { Blank, OwnerForm } from './forms.dto.js';

export class AnswersForm extends OwnerForm {
  @Blank() @Optional() @IsIn(ANSWER_FILTERS)
  state?: (typeof ANSWER_FILTERS)[number];

  @Blank() @Optional() @Line(1_000)
  cursor?: string;
}

export class AnswerForm {
  @Blank() @Optional() @Line(300)
  customer?: string;

  /** What was just noted. */
  @Blank() @Optional() @IsIn(['complaint', 'nothing', 'routed'])
  noted?: string;
}

export class NoteForm {
  @Blank() @Optional() @IsString() @MaxLength(10_000)
  note?: string;
}

export class RouteForm extends NoteForm {
  @Code()
  department!: string;

  @Blank() @Optional() @IsString() @MaxLength(10_000)
  what?: string;
}

export class ReasonForm extends NoteForm {
  @Code()
  reason!: string;
}

export class AnswerTextForm {
  @IsString() @MaxLength(10_000)
  what!: string;
}
