import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { IsMoment, Line, ListOf, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const MOST = 100;

class EventRefDto {
  @Says('System that sent it.', { example: 'helpdesk' })
  @Line(200)
  source!: string;

  @Says("That system's id of it.", { example: 'T-17-reopened' })
  @Line(200)
  id!: string;
}

class MovedDto {
  @Says('The event.')
  @IsDefined() @ValidateNested() @Type(() => EventRefDto)
  event!: EventRefDto;

  @Says('When it would have happened, and been known: an instant, or a date, which means the end of that day.', { example: '2026-05-01T09:00:00Z' })
  @IsMoment()
  to!: string;
}

export class WhatIfDto {
  @Says('Events that would not have happened.')
  @Optional() @ListOf(EventRefDto, MOST)
  without?: EventRefDto[];

  @Says('Events that would have happened at another time.')
  @Optional() @ListOf(MovedDto, MOST)
  moved?: MovedDto[];

  @Says('As in the health: an instant, or a date, which means the end of that day. Now when left out; not after today.')
  @Optional() @IsMoment()
  asOf?: string;

  @Says('What was known then counts. Now when left out.')
  @Optional() @IsMoment()
  knownAt?: string;
}
