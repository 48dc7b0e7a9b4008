import { IsIn, Matches, ValidateBy } from 'class-validator';
import { Line, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Where to begin: a word, or an instant with its zone. */
const IsStart = () => ValidateBy({ name: 'isStart', validator: {
  validate: (value: unknown) => value === 'beginning' || value === 'now' || (typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value))),
  defaultMessage: () => '$property must be beginning, now, or an instant such as 2026-11-30T15:00:00Z',
} });

const LONGEST_LIST = 4_000;

export class FeedQuery {
  @Says('Goes on after this position: the `position` of the answer before, or of an event.', { example: '1.42' })
  @Optional() @Matches(/^\d{1,9}\.\d{1,15}$/, { message: 'after must be a position such as 1.42' })
  after?: string;

  @Says('Where to begin in place of `after`: `beginning`, `now`, or an instant: with what was recorded then.', { default: 'beginning', example: 'beginning' })
  @Optional() @IsStart()
  from?: string;

  @Says('Only facts of these types, with commas between them; `ticket.*` stands for a family.', { example: 'ticket.*,survey.responded' })
  @Optional() @Line(LONGEST_LIST)
  type?: string;

  @Says('`journey`: what happened with customers; `insight`: what follows from it.')
  @Optional() @IsIn(['journey', 'insight'])
  category?: 'journey' | 'insight';

  @Says('Only of customers that were in one of these segments when the fact was recorded; with commas between them.', { example: 'enterprise' })
  @Optional() @Line(LONGEST_LIST)
  segment?: string;

  @Says('Only of these customers: our ids, or `system:id`, with commas between them. Who is merged into one of them counts as it.', { example: 'crm:C-1001' })
  @Optional() @Line(LONGEST_LIST)
  customer?: string;

  @Says('Of a page: waits up to so many seconds until there is something. Of a stream it does not count.', { default: 0 })
  @Optional() @WholeNumber(0, 30)
  wait?: number;

  @Says('Of a page: at most so many events. It ends sooner where it has 1 MiB of text, or a second of looking is over; `more` says so. Of a stream it does not count.', { default: 100 })
  @Optional() @WholeNumber(1, 1_000)
  limit?: number;

  @Says('`true`: with personal fields opened, for keys that may read customers. Else they stay sealed.', { default: 'false' })
  @Optional() @IsIn(['true', 'false'])
  unseal?: 'true' | 'false';
}
