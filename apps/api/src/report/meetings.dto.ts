import { IsBoolean, Matches } from 'class-validator';
import { Code, IsDay, IsMoment, IsWhole, ListOf, OneOf, Optional, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { ReadQuery } from '../reads/queries.dto.js';

const Quarter = () => Matches(/^\d{4}-Q[1-4]$/, { message: '$property must be a quarter such as 2026-Q3' });

export class AttentionQuery extends ReadQuery {
  @Says('The first quarter; left out: five up to the last one.', { example: '2025-Q3' })
  @Optional() @Quarter()
  from?: string;

  @Says('The last quarter; left out: the one that runs.', { example: '2026-Q3' })
  @Optional() @Quarter()
  to?: string;

  @Says('Meetings held by then count, as the latest word has them: an instant, or the end of a day. Now when left out; not after today.')
  @Optional() @IsMoment()
  asOf?: string;
}

class AgendaItemDto {
  @Says('What it was about, without names of persons.', { example: 'Why mid-market customers leave' })
  @Reason()
  topic!: string;

  @Says('How long it was talked about.', { example: 35 })
  @IsWhole(0, 1_440)
  minutes!: number;

  @Says('Whether it was about customers.', { example: true })
  @IsBoolean({ message: '$property must be true or false' })
  aboutCustomers!: boolean;

  @Says('Number of the decision that came of it.', { example: 'D-4' })
  @Optional() @Code()
  decision?: string;
}

export class MeetingDto {
  @Says('Who met.', { example: 'board' })
  @OneOf(['board', 'management'])
  body!: 'board' | 'management';

  @Says('The day on which it was held.', { example: '2026-09-17' })
  @IsDay()
  heldOn!: string;

  @Says('All that was talked about; an empty list takes the meeting back.')
  @ListOf(AgendaItemDto, 50)
  agenda!: AgendaItemDto[];
}
