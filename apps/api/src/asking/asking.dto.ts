import { SURVEY_STATES, type SurveyState } from '#read-model';
import { Code, Line, OneOf, Optional, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class SurveysQuery {
  @Says('Only those that have come so far.')
  @Optional() @OneOf(SURVEY_STATES)
  state?: SurveyState;

  @Says('Only those of this program.', { example: 'after-ticket' })
  @Optional() @Code()
  program?: string;

  @Says('Those that began in so many days before now.', { default: 90 })
  @Optional() @WholeNumber(1, 3_660)
  days?: number;

  @Says('How many at once.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;

  @Says('`next` of the page before.')
  @Optional() @Line(1_000)
  cursor?: string;
}

export class DryRunQuery {
  @Says('How many days are looked back.', { default: 90 })
  @Optional() @WholeNumber(1, 366)
  days?: number;
}

export class EndAskingDto {
  @Says('Why. Kept unsealed: no names of persons.', { example: 'A new one begins in May' })
  @Optional() @Reason()
  reason?: string;
}
