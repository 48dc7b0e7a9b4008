import type { Incoming } from '#kafka';
import { isObject, type RawItem } from '../record-events/raw-item.js';
import { Problem } from '../refusals.js';

/** What a record holds: one event or, with a batch, several, each of them an item or why it is none. */
export interface Message {
  /** Whether a pointer into it begins with the place in the batch. */
  readonly batch: boolean;
  readonly items: readonly (RawItem | Problem)[];
}

type Record = Pick<Incoming, 'value' | 'headers'>;

const STRUCTURED = 'application/cloudevents';
const ATTRIBUTE = 'ce_';

/** Reads a record as CloudEvents' Kafka binding says: structured, as a batch, or binary with attributes in headers `ce_…`. Pure. */
export function readMessage({ value, headers }: Record): Message {
  const contentType = textOf(headers['content-type']);
  if (contentType instanceof Problem) return one(contentType);
  const [mediaType = ''] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (value === null) return one(new Problem('tombstone', '', 'The record has no value: it deletes its key in a compacted topic, and tells no fact.'));
  if (mediaType === `${STRUCTURED}+json`) return one(parsed(value));
  if (mediaType === `${STRUCTURED}-batch+json`) return batch(value);
  if (mediaType.startsWith(STRUCTURED)) return one(new Problem('not-a-cloudevent', '', `Structured CloudEvents are read in JSON, not as ${mediaType.slice(0, 100)}.`));
  if (headers[`${ATTRIBUTE}specversion`] !== undefined) return one(binary(value, headers, contentType));
  return one(new Problem('not-a-cloudevent', '', 'The record has neither the header `content-type: application/cloudevents+json` nor headers `ce_…`, of which `ce_specversion` is one.'));
}

const one = (item: unknown): Message => ({ batch: false, items: [item instanceof Problem ? item : { form: 'cloudevent', value: item }] });

function batch(value: Buffer): Message {
  const events = parsed(value);
  if (events instanceof Problem) return one(events);
  if (!Array.isArray(events)) return one(new Problem('not-a-cloudevent', '', 'A batch of CloudEvents is a JSON array.'));
  if (events.length === 0) return one(new Problem('not-a-cloudevent', '', 'The batch of CloudEvents is empty.'));
  return { batch: true, items: events.map((event) => ({ form: 'cloudevent', value: event })) };
}

/** Unlike in HTTP, headers are UTF-8 as they are. An attribute that counts is a number; all others are texts. */
function binary(value: Buffer, headers: Record['headers'], contentType: string | undefined): unknown {
  const attributes: { [name: string]: unknown } = {};
  for (const [name, header] of Object.entries(headers)) {
    if (!name.startsWith(ATTRIBUTE)) continue;
    const attribute = name.slice(ATTRIBUTE.length);
    const text = textOf(header, attribute);
    if (text instanceof Problem) return text;
    attributes[attribute] = attribute === 'typeversion' && /^\d{1,5}$/.test(text!) ? Number(text) : text;
  }
  const isJson = contentType === undefined || /^application\/json\s*(;|$)/i.test(contentType);
  const data = isJson && value.length > 0 ? parsed(value) : undefined;
  if (data instanceof Problem) return new Problem(data.code, '/data', data.detail);
  return { ...attributes, ...(contentType !== undefined && { datacontenttype: contentType }), ...(data !== undefined && { data }) };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function textOf(header: Buffer | undefined, attribute = 'datacontenttype'): string | undefined | Problem {
  try {
    return header && decoder.decode(header);
  } catch {
    return new Problem('field-invalid', `/${attribute}`, 'The header is not UTF-8.');
  }
}

function parsed(value: Buffer): unknown {
  try {
    return JSON.parse(decoder.decode(value));
  } catch {
    return new Problem('invalid-json', '', 'The value is not JSON in UTF-8.');
  }
}

/** What an event that cannot be taken is called, as far as it can be told. */
export function namesIn(item: RawItem | Problem): { readonly id?: string; readonly source?: string; readonly type?: string } {
  if (item instanceof Problem || !isObject(item.value)) return {};
  const { id, source, type } = item.value;
  const short = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : undefined);
  return { id: short(id), source: short(source), type: short(type) };
}
