import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, Matches, type ValidationArguments } from 'class-validator';
import { hint, refusals } from '#intake';
import { Optional, OneOf, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const MOST_TOPICS = 20;
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;
const CODES = Object.keys(refusals);
const IsCode = () => IsIn(CODES, { message: ({ value }: ValidationArguments) => `reason must be the code of a refusal, as the dead letters have it, such as data-invalid.${hint(String(value), CODES)}` });
const OFFSET = /^\d{1,18}$/;
/** Of one answer. */
const MOST = 500;
const isOffset = { message: '$property must be the id of a dead letter, a whole number' };

export class KafkaInDto {
  @Says('Whether anything is read.')
  @IsBoolean({ message: 'on must be true or false' })
  on!: boolean;

  @Says('The topics that are read. Left out: `touchline.<tenant>.in`. Another than that is for an operator to name, as all tenants share the cluster.', { example: ['touchline.acme.in'] })
  @Optional() @IsArray({ message: 'topics must be a list' }) @ArrayMinSize(1, { message: 'topics must name one at least; to read nothing, set on to false' }) @ArrayMaxSize(MOST_TOPICS)
  @Matches(TOPIC, { each: true, message: 'each of topics must be the name of a topic: 1 to 249 letters, digits and . _ -' })
  topics?: string[];

  @Says('Why, on one line, without names of persons.', { example: 'The service desk publishes there' })
  @Reason()
  reason!: string;
}

export class DeadLettersQuery {
  @Says('Only those with this reason: a code of a refusal.', { example: 'data-invalid' })
  @Optional() @IsCode()
  reason?: string;

  @Says('`next` of the page before.')
  @Optional() @Matches(OFFSET, isOffset)
  after?: string;

  @Says('So many at most; 100 when left out.')
  @Optional() @WholeNumber(1, MOST)
  limit?: number;

  @Says('`all`: also those of which everything stands in the log by now.')
  @Optional() @OneOf(['open', 'all'])
  state?: 'open' | 'all';
}

export class ReplayDto {
  @Says('Their ids. Left out: all that `reason` names, or all.', { example: ['12', '15'] })
  @Optional() @IsArray({ message: 'ids must be a list' }) @ArrayMinSize(1) @ArrayMaxSize(MOST) @Matches(OFFSET, { each: true, message: 'each of ids must be the id of a dead letter, a whole number' })
  ids?: string[];

  @Says('Only those with this reason.', { example: 'alias-taken' })
  @Optional() @IsCode()
  reason?: string;

  @Says('`next` of the answer before, to go on with what comes next.')
  @Optional() @Matches(OFFSET, isOffset)
  after?: string;
}
