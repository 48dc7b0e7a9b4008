import type { DateTime } from 'luxon';

/** A point in time on its way to being written; `date` writes the calendar day in its own zone, `date-time` RFC 3339 in UTC. */
export class Moment {
  constructor(readonly at: DateTime, readonly as: 'date' | 'date-time') {}

  toText(): string {
    return this.as === 'date' ? this.at.toISODate()! : this.at.toUTC().toISO()!;
  }
}
