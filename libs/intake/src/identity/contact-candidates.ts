import { parseRefText } from './customer-ref.js';
import { contactId } from './derived-id.js';

const MAY_BE_ID = /^[A-Za-z0-9._:/-]{1,100}$/;
const MAY_BE_EMAIL = /^[^\s@\p{Cc}\p{Surrogate}]+@[^\s@\p{Cc}\p{Surrogate}]+$/u;

/** Whom a text may mean, likeliest first: `system:id`, an e-mail address, or our id of a person, which may have a colon too. Nobody for what is none of them. */
export function contactCandidates(secret: Buffer, text: string): string[] {
  const ref = parseRefText(text);
  const readings = [...(ref === null || typeof ref === 'string' ? [] : [ref]), ...(MAY_BE_ID.test(text) || MAY_BE_EMAIL.test(text) ? [text] : [])];
  return [...new Set(readings.map((reading) => contactId(secret, reading)))];
}
