import { eventIdPattern, type Links } from '#journey';
import { Problem } from '../refusals.js';

/** What the two forms of an event call each link. */
export const PLAIN_LINKS = { correlationId: 'correlationId', causationId: 'causationId', traceParent: 'traceParent' } as const;
export const CLOUD_LINKS = { correlationId: 'correlationid', causationId: 'causationid', traceParent: 'traceparent' } as const;

/** As long as a source, a slash and an id: so our own facts name their cause. */
const CAUSE_LENGTH = 401;
const NAME = new RegExp(eventIdPattern.replace('{1,200}', `{1,${CAUSE_LENGTH}}`), 'u');
const TRACE_PARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]{1,140})?$/;

const RULES = {
  correlationId: { fits: (text: string) => text.length <= 200 && NAME.test(text), says: 'a text of 1 to 200 characters, without spaces and "@"' },
  causationId: { fits: (text: string) => NAME.test(text), says: `a text of 1 to ${CAUSE_LENGTH} characters, without spaces and "@", such as source/id of the fact that led to this one` },
  traceParent: { fits: (text: string) => TRACE_PARENT.test(text), says: 'a traceparent as W3C Trace Context writes it, such as 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
} as const;

/** What an item belongs together with; undefined when it says nothing of it, as most do. */
export function readLinks(item: Record<string, unknown>, names: Readonly<Record<keyof Links, string>>): Links | undefined | Problem {
  let links: Record<string, string> | undefined;
  const flaws: { pointer: string; detail: string }[] = [];
  for (const link of Object.keys(names) as (keyof Links)[]) {
    const field = names[link];
    if (!Object.hasOwn(item, field)) continue;
    const value = item[field];
    if (typeof value === 'string' && RULES[link].fits(value)) links = { ...links, [link]: value };
    else flaws.push({ pointer: `/${field}`, detail: `\`${field}\` must be ${RULES[link].says}.` });
  }
  return flaws.length > 0 ? new Problem('field-invalid', flaws[0]!.pointer, flaws[0]!.detail, flaws) : links;
}

/** The `traceparent` of a request or a message, for facts that name none; what is not one is not looked at, as W3C Trace Context wants it. */
export const traceParentOf = (header: unknown): string | undefined => (typeof header === 'string' && TRACE_PARENT.test(header) ? header : undefined);
