import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { Code, IsDay, Line, Optional, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { OwnerQuery } from '../reads/queries.dto.js';

const NOTE = 'What was said. Kept sealed, as personal data.';

export class TasksQuery extends OwnerQuery {
  @Says('Only tasks of this customer: our id, or `system:id`.', { example: 'crm:C-1001' })
  @Optional() @Line(300)
  customer?: string;

  @Says('Only tasks in this state.', { default: 'open' })
  @Optional() @IsIn(['open', 'done', 'dropped', 'all'])
  state?: 'open' | 'done' | 'dropped' | 'all';

  @Says('At most so many.', { default: 50 })
  @Optional() @WholeNumber(1, 500)
  limit?: number;
}

export class CreateTaskDto {
  @Says('What is to be done. Kept unsealed: no names of persons.', { example: 'Send the offer for the second site' })
  @Reason()
  what!: string;

  @Says("The day by which: not before the tenant's today.", { example: '2026-12-04' })
  @IsDay()
  dueOn!: string;

  @Says('Who is to do it; left out: who looks after the customer.', { example: 'mara' })
  @Optional() @Code()
  owner?: string;

  @Says('What to keep in mind. Kept unsealed: no names of persons.')
  @Optional() @Reason()
  hint?: string;

  @Says('What should be remembered. Kept sealed, as personal data.')
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  note?: string;
}

export class TaskDoneDto {
  @Says('What came of it, as a short code.', { example: 'reached' })
  @Code()
  outcome!: string;

  @Says(NOTE)
  @Optional() @IsString() @MinLength(1) @MaxLength(10_000)
  note?: string;
}

export class TaskDropDto {
  @Says('Why it is not to be done any more. Kept unsealed: no names of persons.', { example: 'They named a new sponsor by themselves' })
  @Reason()
  reason!: string;
}
