import type { TimelinePage } from '#read-model';
import { ask } from '../http/ask.js';
import type { Connection } from '../settings.js';
import { CliError } from '../terminal.js';

export interface EventName { readonly source: string; readonly id: string }

const PAGE = '200';

/** Finds the events of a customer that people name by their id, or by source:id where several sources have it. @throws CliError for one that is not there, or may be several */
export async function eventsNamed(connection: Connection, customer: string, texts: readonly string[]): Promise<Map<string, EventName>> {
  const found = new Map<string, EventName[]>(texts.map((text) => [text, []]));
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { touches, next }: TimelinePage = await ask<TimelinePage>(connection, `/v1/customers/${customer}/timeline`, { query: { limit: PAGE, cursor } });
    for (const { source, id } of touches) for (const text of [id, `${source}:${id}`]) found.get(text)?.push({ source, id });
    cursor = next;
  }
  return new Map([...found].map(([text, [first, ...others]]) => {
    if (!first) throw new CliError(`This customer has no event "${text}". The timeline of its page, or GET /v1/customers/{id}/timeline, lists them.`);
    if (others.length > 0) throw new CliError(`"${text}" may mean one of these: ${[first, ...others].map(({ source, id }) => `${source}:${id}`).join(', ')}`);
    return [text, first];
  }));
}
