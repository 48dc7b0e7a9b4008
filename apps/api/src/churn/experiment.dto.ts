import { IsBoolean } from 'class-validator';
import { Code, IsFigure, IsWhole, Line, Optional, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class ExperimentDto {
  @Says('Id of the experiment, as a key of yours.', { example: 'calls-2026' })
  @Code()
  experiment!: string;

  @Says('Share of the customers that is held out: nothing is to be done to keep them.', { default: 0.2 })
  @Optional() @IsFigure(0.01, 0.5)
  share?: number;

  @Says('The part of those who would leave that the intervention is to keep; a small effect takes long to show.', { default: 0.25 })
  @Optional() @IsFigure(0.01, 1)
  effect?: number;

  @Says('Only customers of this segment, written as registered. For several segments start one each.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;

  @Says('The kind of intervention that is tried, as its facts say it.', { example: 'call' })
  @Optional() @Code()
  intervention?: string;

  @Says('Of the lot: the same seed holds the same customers out.', { default: 1 })
  @Optional() @IsWhole(0, 4_294_967_295)
  seed?: number;

  @Says('`true` starts it; else it is only said what it would take.', { default: false })
  @Optional() @IsBoolean()
  start?: boolean;
}

export class EndDto {
  @Says('Why. No personal data.', { example: 'The effect is clear' })
  @Optional() @Reason()
  reason?: string;
}
