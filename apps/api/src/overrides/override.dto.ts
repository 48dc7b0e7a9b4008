import { IsDay, IsFigure, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const WHY = 'Why. Kept unsealed: no names of persons.';

export class OverrideDto {
  @Says('The score that counts while it holds, 0 to 100, whatever is computed.', { example: 30 })
  @IsFigure(0, 100)
  score!: number;

  @Says(WHY, { example: 'Their new management wants one supplier' })
  @Reason()
  reason!: string;

  @Says("The last day on which it holds: not before the tenant's today, and at most 366 days after it.", { example: '2026-12-31' })
  @IsDay()
  until!: string;
}

export class ClearDto {
  @Says(WHY, { example: 'The new management chose us' })
  @Reason()
  reason!: string;
}
