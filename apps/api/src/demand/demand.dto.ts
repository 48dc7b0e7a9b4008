import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { DEMAND_SORTS, type DemandSort } from '#insight';
import { Code, IsDay, IsMoment, Line, OneOf, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { ReadQuery } from '../reads/queries.dto.js';

export class DemandQuery extends ReadQuery {
  @Says('What had happened by then counts: an instant, or a date, which means the end of that day. Now when left out; not after today. Who is a customer, who looks after it and what it pays are of then too; no chance to leave is told of an earlier moment (`noRisk`). Names, and who is merged into whom, are those of today.')
  @Optional() @IsMoment()
  asOf?: string;

  @Says('What was known then counts, also of who is merged into whom: an instant, or a date, which means the end of that day. Now when left out.')
  @Optional() @IsMoment()
  knownAt?: string;

  @Says('Whose customers: the code of a person, `me` or `all`.', { default: 'all' })
  @Optional() @Code()
  owner?: string;

  @Says('Only customers of this segment, written as registered.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;

  @Says('At most so many of each list; `more` says how many there are beyond.', { default: 100 })
  @Optional() @WholeNumber(1, 500)
  limit?: number;
}

export class RegisterQuery extends DemandQuery {
  @Says('By which weight themes are sorted, the heaviest first: what those who ask pay, that times their risk, how many they are, how many requests, or how long the oldest open one waits.', { default: 'arr' })
  @Optional() @OneOf(DEMAND_SORTS)
  sort?: DemandSort;

  @Says('Only requests of this theme.', { example: 'printing' })
  @Optional() @Code()
  theme?: string;
}

export class TraceabilityQuery extends DemandQuery {
  @Says("The first day, on the tenant's calendar. Left out: the first of the quarter before that of the last day.")
  @Optional() @IsDay()
  from?: string;

  @Says('The last day; that of `asOf`, or today, when left out.')
  @Optional() @IsDay()
  to?: string;
}

export class CompetitionQuery extends DemandQuery {
  @Says('A competitor is live that was spoken of, or looked at, within so many days.', { default: 180 })
  @Optional() @WholeNumber(1, 3_660)
  days?: number;

  @Says('Opportunities lost within so many days are told of.', { default: 730 })
  @Optional() @WholeNumber(1, 3_660)
  lostDays?: number;

  @Says('Who has been a customer for so many whole years has long been one.', { default: 3 })
  @Optional() @WholeNumber(0, 100)
  longYears?: number;
}

export class PresenceQuery extends DemandQuery {
  @Says('Quiet is who was not heard of for so many days.', { default: 90 })
  @Optional() @WholeNumber(1, 3_660)
  days?: number;

  @Says('A sponsor is live who was met within so many days.', { default: 180 })
  @Optional() @WholeNumber(1, 3_660)
  sponsorDays?: number;
}

const MOST = 1_000;

export class LinkRequestsDto {
  @Says('Numbers of the requests that it answers, as feedback has them.', { example: ['F-12'] })
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST) @Line(100, { each: true })
  requests!: string[];
}

export class StartInitiativeDto {
  @Says('Id of the initiative.', { example: 'I-7' })
  @Code()
  initiative!: string;

  @Says('What it is, in a few words, without names of persons.', { example: 'Printing from tablets' })
  @Line(200)
  title!: string;

  @Says('Aim of our strategy that it serves, as a code.', { example: 'mobile-first' })
  @Optional() @Code()
  strategy?: string;

  @Says('Themes of requests that it is about, as codes.', { example: ['printing'] })
  @Optional() @IsArray() @ArrayMaxSize(20) @Line(100, { each: true })
  themes?: string[];

  @Says('Numbers of the requests that it answers.', { example: ['F-12'] })
  @Optional() @IsArray() @ArrayMaxSize(MOST) @Line(100, { each: true })
  requests?: string[];

  @Says('Who answers for it: the code of a person.', { example: 'petra' })
  @Optional() @Code()
  owner?: string;

  @Says('Day by which it is to be there.')
  @Optional() @IsDay()
  dueOn?: string;
}

export class DropInitiativeDto {
  @Says('Why, as a code.', { example: 'too-costly' })
  @Optional() @Code()
  reason?: string;
}
