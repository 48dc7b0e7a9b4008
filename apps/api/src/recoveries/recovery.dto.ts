import { IsIn, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { Code, IsDay, Line, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { OwnerQuery, ReadQuery } from '../reads/queries.dto.js';

const SEALED = 'Kept sealed, as personal data.';
/** What people say, of any number of lines. */
export const Words = (): PropertyDecorator => (target, property) => [IsString(), MinLength(1), MaxLength(10_000)].forEach((rule) => rule(target, property as string));
const Person = () => Matches(/^[^\s\p{Cc}]{1,254}$/u, { message: '$property must be a person: our id, system:id, or an e-mail address' });
const WHO = 'Our id of the person, `system:id`, or an e-mail address.';

export const HOW = ['call', 'visit', 'meeting', 'mail', 'chat'] as const;

export class RecoveriesQuery extends OwnerQuery {
  @Says('Only recoveries that are open, closed, or all.', { default: 'open' })
  @Optional() @IsIn(['open', 'closed', 'all'])
  state?: 'open' | 'closed' | 'all';

  @Says('`true`: only those of which a clock has run out; `false`: only the others.')
  @Optional() @IsIn(['true', 'false'])
  overdue?: 'true' | 'false';

  @Says('Only those with this cause.', { example: 'print-server-overload' })
  @Optional() @Code()
  cause?: string;

  @Says('Only those of this customer: our id, or `system:id`.')
  @Optional() @Line(300)
  customer?: string;

  @Says('`next` of the page before.')
  @Optional() @Line(200)
  cursor?: string;

  @Says('At most so many recoveries on a page.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;
}

export class RecoverySummaryQuery extends ReadQuery {
  @Says('Only recoveries that this person looks after: a code, `me` or `all`.', { default: 'all' })
  @Optional() @Code()
  owner?: string;

  @Says("Only those of which we knew on this day or later, on the tenant's calendar.")
  @Optional() @IsDay()
  from?: string;

  @Says('Only those of which we knew on this day or before.')
  @Optional() @IsDay()
  to?: string;
}

export class OpenRecoveryDto {
  @Says('The customer: our id, or `system:id`.', { example: 'crm:C-1001' })
  @Line(300)
  customer!: string;

  @Says(`What went wrong. ${SEALED}`, { example: 'Their director rang: nobody told them of the outage.' })
  @Words()
  what!: string;

  @Says('The ticket that it is about.', { example: 'T-4410' })
  @Optional() @Code()
  ticket?: string;

  @Says(`Whom it is about. ${WHO}`)
  @Optional() @Person()
  contact?: string;

  @Says('Who looks after it; left out: as the policy says.', { example: 'mara' })
  @Optional() @Code()
  owner?: string;
}

/** Nothing to say beside that it was done. */
export class NothingDto {}

export class NoteDto {
  @Says(`What should be remembered. ${SEALED}`)
  @Optional() @Words()
  note?: string;
}

export class ContactedDto extends NoteDto {
  @Says('How we talked with the customer.')
  @IsIn(HOW, { message: `$property must be one of ${HOW.join(', ')}` })
  how!: (typeof HOW)[number];

  @Says(`With whom. ${WHO}`)
  @Optional() @Person()
  contact?: string;
}

export class CauseDto {
  @Says('The cause, as a key of yours: what recoveries with the same cause share.', { example: 'print-server-overload' })
  @Code()
  cause!: string;

  @Says(`The cause, in words. ${SEALED}`)
  @Optional() @Words()
  what?: string;
}

export class PreventionDto {
  @Says(`What is done so that the cause does not come back. ${SEALED}`, { example: 'A second print server, and an alarm on its queue.' })
  @Optional() @Words()
  what?: string;

  @Says('In its place: why nothing is done, as a key of yours.', { example: 'one-off' })
  @Optional() @Code()
  noneBecause?: string;
}

export class OwnerDto extends NoteDto {
  @Says('Who looks after it from now on: the code of a person.', { example: 'jonas' })
  @Code()
  owner!: string;
}

export class LinkDto {
  @Says('A ticket that it belongs together with.', { example: 'T-4522' })
  @Optional() @Code()
  ticket?: string;

  @Says('In its place: the number of another recovery.')
  @Optional() @Code()
  other?: string;
}
