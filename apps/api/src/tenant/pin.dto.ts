import { IsDayOrNull } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

export class PinDto {
  @Says("The tenant's today, not after the real one; null lets it follow the clock again.", { example: '2026-11-02' })
  @IsDayOrNull()
  day!: string | null;
}
