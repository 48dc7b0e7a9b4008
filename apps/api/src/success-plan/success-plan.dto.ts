import { ArrayMinSize, IsIn } from 'class-validator';
import { Line, ListOf, Optional, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { OwnerQuery } from '../reads/queries.dto.js';

export class SuccessPlansQuery extends OwnerQuery {
  @Says('`true`: only customers of whom no goal of their own is recorded.')
  @Optional() @IsIn(['true', 'false'])
  without?: 'true' | 'false';

  @Says('At most so many.', { default: 50 })
  @Optional() @WholeNumber(1, 500)
  limit?: number;
}

class EvidenceDto {
  @Says('The system that told the fact.', { example: 'crm' })
  @Line(200)
  source!: string;

  @Says('Its id there.', { example: 'review-2027-04' })
  @Line(200)
  id!: string;
}

export class ConfirmOutcomeDto {
  @Says('Who at the customer says so: our id of a contact of theirs.', { example: 'P-2207' })
  @Line(200)
  contact!: string;

  @Says('The facts in which they said so, such as the meeting.')
  @ListOf(EvidenceDto, 25) @ArrayMinSize(1, { message: 'evidence must have at least one entry' })
  evidence!: EvidenceDto[];
}

export class RejectOutcomeDto {
  @Says('Who at the customer says so: our id of a contact of theirs.', { example: 'P-2207' })
  @Line(200)
  contact!: string;

  @Says('Why not. Kept sealed, as personal data.')
  @Optional() @Reason()
  reason?: string;
}
