import type { IntakeLimits } from '../limits.js';
import { type Door, type ParsedItem, parseItem, type RefusedItem } from '../record-events/parse-item.js';
import { rawItem } from '../record-events/raw-item.js';
import { Problem } from '../refusals.js';
import type { Line } from './lines.js';

/** One line by itself: JSON, then as any item. */
export function itemOfLine(line: Line, door: Door, limits: IntakeLimits): ParsedItem | RefusedItem {
  if ('flaw' in line) {
    return { problem: line.flaw === 'too-long'
      ? new Problem('line-too-long', '', `The line has more than ${limits.itemBytes} bytes; it was skipped.`)
      : new Problem('invalid-json', '', 'The line is not UTF-8.') };
  }
  try {
    return parseItem(rawItem(JSON.parse(line.text)), door, limits);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: new Problem('invalid-json', '', 'The line is not one whole JSON value.') };
  }
}
