import { effectiveEvents, type JourneyEvent } from '#journey';
import type { DayOf } from './day.js';
import { addFact, emptySheet, type FactSheet } from './fact-sheet.js';

/** The sheet of what the events say. */
export function foldEvents(events: readonly JourneyEvent[], dayOf: DayOf): FactSheet {
  return effectiveEvents(events).reduce((sheet, event) => addFact(sheet, event, dayOf), emptySheet());
}
