import { hash } from 'node:crypto';
import { QueryRefused } from '../reading.js';
import { CUSTOMER_SORTS, type CustomerFilter } from './customers-in-order.js';

const MINUTES = 10;
const FORM = /^1~([A-Za-z0-9_-]+)$/;
/** Of the mark of a customer: two of 100,000 have the same with a chance of 1 in 4,000,000,000. */
const MARK_BYTES = 8;

/** What a first page leaves behind: which list it was of, and whom it showed. */
export interface FirstPage {
  readonly filter: CustomerFilter;
  hasShown(customer: string): boolean;
}

interface Content { readonly tenant: string; readonly at: number; readonly filter: CustomerFilter; readonly shown: string }

const markOf = (customer: string): string => hash('sha256', customer, 'hex').slice(0, 2 * MARK_BYTES);

/** The first page as a cursor: nothing is written down for who never turns it. */
export function cursorOfFirstPage(tenant: string, filter: CustomerFilter, shown: readonly string[], now: Date): string {
  const content: Content = { tenant, at: now.getTime(), filter, shown: Buffer.from(shown.map(markOf).join(''), 'hex').toString('base64url') };
  return `1~${Buffer.from(JSON.stringify(content)).toString('base64url')}`;
}

/** Null for another kind of cursor. @throws QueryRefused for one that is malformed, older than ten minutes, or another tenant's */
export function firstPageOf(cursor: string, tenant: string, now: Date): FirstPage | null {
  const [, text] = FORM.exec(cursor) ?? [];
  if (text === undefined) return null;
  const content = contentOf(text);
  const age = content && now.getTime() - content.at;
  if (!content || content.tenant !== tenant || age! > MINUTES * 60_000 || age! < -60_000) throw unknownCursor();
  const marks = Buffer.from(content.shown, 'base64url');
  const shown = new Set(Array.from({ length: marks.length / MARK_BYTES }, (_, place) => marks.toString('hex', place * MARK_BYTES, (place + 1) * MARK_BYTES)));
  return { filter: content.filter, hasShown: (customer) => shown.has(markOf(customer)) };
}

export const unknownCursor = () =>
  new QueryRefused('invalid-parameter', 'This cursor is unknown or older than ten minutes. Ask for the first page again, without a cursor.', 'cursor');

const TEXTS = ['q', 'band', 'segment', 'owner', 'status'] as const;

/** What the cursor holds, where it is one of ours; it comes from outside like everything else. */
function contentOf(text: string): Content | null {
  try {
    const { tenant, at, filter, shown } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Content;
    const { sort, claimed } = filter;
    const whole = typeof tenant === 'string' && typeof at === 'number' && typeof shown === 'string' && TEXTS.every((field) => ['string', 'undefined'].includes(typeof filter[field]))
      && (sort === undefined || CUSTOMER_SORTS.includes(sort)) && (claimed === undefined || typeof claimed === 'boolean');
    return whole ? { tenant, at, filter, shown } : null;
  } catch {
    return null;
  }
}
