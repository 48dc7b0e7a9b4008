import { eventType } from '../event-type.js';
import { day, fields } from '../shapes.js';

export const clockTypes = [
  eventType({
    type: 'clock.day-closed', version: 1, internal: true,
    description: "A day ended in the tenant's time zone, so that what depends on time alone is looked at again.",
    schema: fields({ day: day('The day that ended.') }),
    example: { day: '2026-11-22' },
  }),
] as const;
