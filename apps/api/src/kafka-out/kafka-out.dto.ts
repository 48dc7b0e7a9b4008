import { ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, ValidateBy } from 'class-validator';
import { IsWhole, OneOf, Optional, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const WORDS = ['beginning', 'now'];
const POSITION = /^\d{1,9}\.\d{1,18}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

const IsStart = () => ValidateBy({ name: 'isStart', validator: {
  validate: (value: unknown) => typeof value === 'string' && (WORDS.includes(value) || POSITION.test(value) || (TIME.test(value) && !Number.isNaN(Date.parse(value)))),
  defaultMessage: () => '$property must be beginning, now, a position such as 1.48211, or a time such as 2026-03-01T00:00:00Z',
} });

/** What `IsStart` lets through, as it is meant. */
export const startOf = (text: string) => (text === 'beginning' || text === 'now' ? text : POSITION.test(text) ? { position: text as `${number}.${number}` } : { time: text });

export class KafkaOutDto {
  @Says('Whether anything goes there.')
  @IsBoolean({ message: 'on must be true or false' })
  on!: boolean;

  @Says('What goes there, each to the topic `touchline.<tenant>.<stream>`: facts of customers (`journey`), and what follows from them (`insight`). Left out: as before; the first time both.', { example: ['journey', 'insight'] })
  @Optional() @IsArray({ message: 'streams must be a list' }) @ArrayMinSize(1, { message: 'streams must name one at least; to send nothing, set on to false' }) @ArrayUnique({ message: 'streams must name each once' })
  @IsIn(['journey', 'insight'], { each: true, message: 'each of streams must be journey or insight' })
  streams?: ('journey' | 'insight')[];

  @Says('`binary`: attributes as headers `ce_…`, data as value. `structured`: the whole CloudEvent as value. Left out: as before; the first time `binary`.', { example: 'binary' })
  @Optional() @OneOf(['binary', 'structured'])
  mode?: 'binary' | 'structured';

  @Says('How many partitions a topic gets that is missing; one that is there stays as it is. Left out: as before; the first time 6.', { example: 6 })
  @Optional() @IsWhole(1, 1_000)
  partitions?: number;

  @Says('How long a topic that is missing is to keep its records. Left out: as before; the first time for ever.', { example: 30 })
  @Optional() @IsWhole(1, 36_500)
  retentionDays?: number;

  @Says('Begins anew: at the `beginning`, `now`, after a position, or with what was recorded from a time on. Left out: where it had come to; the first time, now.', { example: 'now' })
  @Optional() @IsStart()
  start?: string;

  @Says('Why, on one line, without names of persons.', { example: 'The data platform reads there' })
  @Reason()
  reason!: string;
}
