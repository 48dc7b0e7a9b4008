import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { Code, IsMoment, Line, OneOf, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const MOST = 1_000;

export class CustomersHitDto {
  @Says('Whom it hit: our ids, or `system:id`.', { example: ['crm:C-1101', 'crm:C-1102'] })
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST) @Line(300, { each: true })
  customers!: string[];
}

export class DeclareOutageDto extends CustomersHitDto {
  @Says('Number of the outage.', { example: 'X-47' })
  @Code()
  outage!: string;

  @Says('The service that failed, as a code.', { example: 'mail' })
  @Optional() @Code()
  service?: string;

  @Says('When it began: an instant. Left out: when we saw it, else now.', { example: '2026-11-03T07:40:00Z' })
  @Optional() @IsMoment()
  startedAt?: string;

  @Says('When we saw it: an instant, not before it began.', { example: '2026-11-03T07:52:00Z' })
  @Optional() @IsMoment()
  detectedAt?: string;
}

/** What is told, and the fact that says so. */
export const MESSAGES = { notice: 'outage.customer-notified', eta: 'outage.eta-given', workaround: 'outage.workaround-offered', update: 'outage.updated', resolved: 'outage.resolved' } as const;

export class OutageMessageDto {
  @Says('What they were told: that there is an outage, when it will be over, how to work meanwhile, how things stand, or that it is over.', { example: 'eta' })
  @OneOf(Object.keys(MESSAGES))
  what!: keyof typeof MESSAGES;

  @Says('The time that was named; with `eta` only.', { example: '2026-11-03T11:00:00Z' })
  @Optional() @IsMoment()
  eta?: string;

  @Says('When they were told, not before it began; now when left out.')
  @Optional() @IsMoment()
  at?: string;
}
