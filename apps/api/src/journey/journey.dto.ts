import { JOURNEY_GROUPINGS, type JourneyGrouping } from '#insight';
import { JOURNEY_FIGURES, type JourneyFigure } from '#read-model';
import { Code, Line, OneOf, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { HealthQuery } from '../reads/queries.dto.js';

export class JourneyQuery extends HealthQuery {
  @Says('From when the time to value is counted: a start of the map. The first one when left out.', { example: 'signature' })
  @Optional() @Code()
  start?: string;

  @Says('Names the customers and the facts behind this figure.', { example: 'stage' })
  @Optional() @OneOf(JOURNEY_FIGURES)
  explain?: JourneyFigure;

  @Says('With `explain`: of what. A stage for `stage` and `dwell`; `onboarding>adoption` for `transition` (`onboarding>`: into none); `onboarding/kickoff` for `touch`; a moment for `moment` and `renewal` (left out: all of them); `churned:sale>onboarding` or `renewed:…` for `path`; a quarter of the start for `time-to-value` (left out: all); for `group` one of those that `by` makes (empty: of whom nobody says; left out: all).', { example: 'onboarding' })
  @Optional() @Line(1_000)
  key?: string;

  @Says('Tells customers apart, in `groups`: by segment or owner as of the moment, by product, or by the quarter of the start (`cohort`).', { example: 'segment' })
  @Optional() @OneOf(JOURNEY_GROUPINGS)
  by?: JourneyGrouping;

  @Says('At most so many in each list.', { default: 20 })
  @Optional() @WholeNumber(1, 1_000)
  limit?: number;
}

export class JourneyMapQuery {
  @Says('A version of the map; 0 is the first one, which nobody has decided. The one that counts now when left out.', { example: '1' })
  @Optional() @WholeNumber(0, 1_000_000)
  version?: number;
}
