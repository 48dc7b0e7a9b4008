/** How an item is written: our plain event, or CloudEvents 1.0 in structured JSON. */
export type ItemForm = 'plain' | 'cloudevent';

/** One item as it came in: parsed JSON of which nothing is known yet. */
export interface RawItem {
  readonly form: ItemForm;
  readonly value: unknown;
}

/** For doors that take both forms: a CloudEvent says so in `specversion`. */
export const rawItem = (value: unknown): RawItem => ({ form: isObject(value) && 'specversion' in value ? 'cloudevent' : 'plain', value });

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
