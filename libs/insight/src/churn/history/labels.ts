import { Growing } from './growing.js';
import type { Label } from './period-rows.js';

/** The labels of one horizon, a place per row. */
export class Labels {
  private readonly values = new Growing();
  private readonly ends = new Growing();
  private readonly knownOn = new Growing();

  push({ value, end, knownOn }: Label): void {
    this.values.push(value);
    this.ends.push(end);
    this.knownOn.push(knownOn);
  }

  /** What was known by the end of a day: 1 or 0, NaN for a window that had not ended by then. A departure that came to be known later is not known yet. */
  at(row: number, day: number): number {
    const value = this.values.at(row);
    if (!(this.ends.at(row) <= day)) return NaN;
    return value === 1 && this.knownOn.at(row) > day ? 0 : value;
  }
}
