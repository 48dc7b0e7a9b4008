import { type Answer, json } from '../operation.js';
import { type Schema, text } from '../schema.js';

export const ifNoneMatch = { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') };
const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };

/** Answers of a read: the whole, or that nothing changed. */
export const read = (schema: Schema): Readonly<Record<number, Answer>> => ({
  200: { description: 'The answer.', content: json(schema), headers: etag },
  304: { description: 'Nothing changed since the answer that you have.', headers: etag },
});
export const waits = ['invalid-parameter', 'foreign-epoch', 'not-yet-visible'] as const;
