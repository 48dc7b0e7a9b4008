import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean } from 'class-validator';
import { EXPERIENCE_GROUPS, EXPLAINABLE, type Explainable, type ExperienceGroup } from '#read-model';
import { Code, IsDay, IsMoment, Line, OneOf, Optional, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { ReadQuery } from '../reads/queries.dto.js';

export class ExperienceWindowQuery extends ReadQuery {
  @Says("The first day, on the tenant's calendar: of answers by when they were given, of tickets by when they were opened, of outages by when they began. Left out: 90 days up to the last one; 365 for outages and points of pain.")
  @Optional() @IsDay()
  from?: string;

  @Says('The last day; today when left out, and not after it.')
  @Optional() @IsDay()
  to?: string;

  @Says('What had happened by then counts: an instant, or a date, which means the end of that day. Now when left out; not after today. What customers pay, their segments, the roles of their contacts and who has left are those of today all the same.')
  @Optional() @IsMoment()
  asOf?: string;
}

export class ExperienceQuery extends ExperienceWindowQuery {
  @Says('Also by what. Agents with fewer than 30 tickets or answers, and figures of an agent that stand on fewer, are not shown, only counted; nor what would tell them when taken from all.', { example: 'queue' })
  @Optional() @OneOf(EXPERIENCE_GROUPS)
  by?: ExperienceGroup;

  @Says('Names the facts behind this figure.', { example: 'csat' })
  @Optional() @OneOf(EXPLAINABLE)
  explain?: Explainable;

  @Says('With `by` and `explain`: of which group; else of all.', { example: 'Workplace' })
  @Optional() @Line(200)
  key?: string;
}

export class CoachingQuery extends ReadQuery {
  @Says('Coachings given from this day on; left out: 365 days up to the last one.')
  @Optional() @IsDay()
  from?: string;

  @Says('The last day; today when left out, and not after it.')
  @Optional() @IsDay()
  to?: string;

  @Says('What had happened by then counts: an instant, or a date, which means the end of that day. Now when left out; not after today. Of coachings the latest word counts all the same.')
  @Optional() @IsMoment()
  asOf?: string;

  @Says('So many days before the coaching, and as many after it, are compared.', { default: 90 })
  @Optional() @WholeNumber(7, 365)
  days?: number;

  @Says('Number of a coaching: names the answers behind its shares of excellent ones.', { example: 'K-12' })
  @Optional() @Code()
  explain?: string;
}

export class CoachingDto {
  @Says('Whether one agent was coached, or all who work on a queue.', { example: 'queue' })
  @OneOf(['agent', 'queue'])
  of!: 'agent' | 'queue';

  @Says('The agent or the queue, written as tickets have it.', { example: 'Workplace' })
  @Reason()
  who!: string;

  @Says('What it was about, without names of persons.', { example: 'Saying when it will be done' })
  @Reason()
  topic!: string;

  @Says('The day on which it was given; its last day where it took several.', { example: '2026-06-15' })
  @IsDay()
  givenOn!: string;

  @Says('It was recorded by mistake, and does not count.')
  @Optional() @IsBoolean({ message: '$property must be true or false' })
  void?: boolean;
}

export class ThemeDto {
  @Says('What people call it.', { example: 'Waiting and speed' })
  @Line(200)
  label!: string;

  @Says('Whoever writes one of these speaks of it: a word in any form, or several as they follow each other.', { example: ['slow', 'too long'] })
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @Line(200, { each: true })
  words!: string[];

  @Says('Tickets of these categories are about it.', { example: ['performance'] })
  @Optional() @IsArray() @ArrayMaxSize(100) @Line(200, { each: true })
  categories?: string[];
}
