import type { JourneyEvent } from '#journey';

/** Columns of `log`, in the order of COPY. */
export const LOG_COLUMNS = 'position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, import_id, data';

const SHORT = [`(select n from epoch) || '.' || position`, 'tenant', 'category', 'stream', 'revision', 'type', 'version', 'source', 'id', 'occurred_at', 'observed_at', 'recorded_at',
  'witnessed', 'actor_kind', 'actor_id', `case when import_id is null then '' else '=' || import_id end`];

/** What a read selects of an event: all that is short in one text, which costs a reader half of what 16 columns do, and the body. */
export const EVENT = `${SHORT.join(` || E'\\x1f' || `)} as short, data`;

/** The same where a text holds the separator itself: the short ones as a JSON array of texts, for `oddEvent`. */
export const ODD_EVENT = `json_build_array(${SHORT.map((column) => `(${column})::text`).join(', ')})::text as short, data`;

/**
 * Reads the short texts of one row after the other. What a row has in common with the one before (its tenant, type, times) is not made anew:
 * most of what reading costs is the memory that is used up. @returns null for a row of which a text holds the separator
 */
export function rowReader(): (short: string, data: string) => JourneyEvent | null {
  const texts = new Array<string>(SHORT.length).fill('');
  const times = new Array<string>(SHORT.length).fill('');
  return (short, data) => {
    let at = 0;
    for (let place = 0; place < SHORT.length; place++) {
      const known = texts[place]!;
      let end = at + known.length;
      if (!short.startsWith(known, at) || (end < short.length ? short.charCodeAt(end) !== SEPARATOR : place < SHORT.length - 1)) {
        end = short.indexOf('\u001f', at);
        if (end < 0) end = short.length;
        texts[place] = short.slice(at, end);
        if (TIMES.has(place)) times[place] = toIso(texts[place]!);
      }
      at = end + 1;
    }
    return at === short.length + 1 ? toEvent(texts, times, data) : null;
  };
}

const SEPARATOR = 0x1f;
/** Places of the times among the short texts. */
const TIMES = new Set([9, 10, 11]);

export function oddEvent(texts: readonly string[], data: string): JourneyEvent {
  return toEvent(texts, texts.map((text, place) => (TIMES.has(place) ? toIso(text) : '')), data);
}

function toEvent(texts: readonly string[], times: readonly string[], data: string): JourneyEvent {
  const importId = texts[15]!;
  return {
    position: texts[0]!, stream: { tenant: texts[1]!, category: texts[2]!, id: texts[3]! }, revision: Number(texts[4]),
    type: texts[5]!, version: Number(texts[6]), source: texts[7]!, id: texts[8]!,
    occurredAt: times[9]!, observedAt: times[10]!, recordedAt: times[11]!,
    witnessed: texts[12] === 'true', actor: { kind: texts[13] as 'person' | 'system', id: texts[14]! },
    ...(importId === '' ? {} : { importId: importId.slice(1) }),
    data: JSON.parse(data) as Record<string, unknown>,
  };
}

/** `2026-01-05 10:00:00.12+00`, as a session in UTC writes it, in RFC 3339 with milliseconds. Ten times as fast as a Date. */
export function toIso(text: string): string {
  const fraction = text.length > 22 ? text.slice(20, -3).slice(0, 3).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** A one-dimensional array of numbers, as PostgreSQL writes it. */
export const listOf = (text: string): string[] => text.slice(1, -1).split(',');
