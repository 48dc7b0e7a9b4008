import type { JourneyEvent, Links } from '#journey';

/** Columns of `log`, in the order of COPY, and those that most events leave empty. */
export const LOG_COLUMNS = 'position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, import_id, data';
export const LINK_COLUMNS = 'correlation_id, causation_id, trace_parent';

/**
 * What most events leave empty, as one text: the import after "=", before it links as a JSON array with a separator of their own behind them,
 * which no JSON holds. So an event without them costs nothing.
 */
export const REST = `case when correlation_id is null and causation_id is null and trace_parent is null then '' else json_build_array(${LINK_COLUMNS})::text || E'\\x1d' end || coalesce('=' || import_id, '')`;

const SHORT = [`(select n from epoch) || '.' || position`, 'tenant', 'category', 'stream', 'revision', 'type', 'version', 'source', 'id', 'occurred_at', 'observed_at', 'recorded_at',
  'witnessed', 'actor_kind', 'actor_id', REST];

/** What a read selects of an event: all that is short in one text, which costs a reader half of what 16 columns do, and the body. */
export const EVENT = `${SHORT.join(` || E'\\x1f' || `)} as short, data`;

/** The same where a text holds the separator itself: the short ones as a JSON array of texts, for `oddEvent`. */
export const ODD_EVENT = `json_build_array(${SHORT.map((column) => `(${column})::text`).join(', ')})::text as short, data`;

/** Reads the short texts of one row after the other. @returns null for a row of which a text holds the separator */
export function rowReader(): (short: string, data: string) => JourneyEvent | null {
  const partsOf = partsReader(SHORT.length);
  const [occurredAt, observedAt, recordedAt] = [isoReader(), isoReader(), isoReader()];
  return (short, data) => {
    const texts = partsOf(short);
    return texts && toEvent(texts, [occurredAt(texts[9]!), observedAt(texts[10]!), recordedAt(texts[11]!)], data);
  };
}

/**
 * Reads texts of so many parts with separators between them, one after the other. What a text has in common with the one before (its tenant, type, times)
 * is not made anew: most of what reading costs is the memory that is used up. @returns the parts, until the next text is read; null where a part holds the separator
 */
export function partsReader(count: number): (text: string) => readonly string[] | null {
  const parts = new Array<string>(count).fill('');
  return (text) => {
    let at = 0;
    for (let place = 0; place < count; place++) {
      const known = parts[place]!;
      let end = at + known.length;
      if (!text.startsWith(known, at) || (end < text.length ? text.charCodeAt(end) !== SEPARATOR : place < count - 1)) {
        end = text.indexOf('\u001f', at);
        if (end < 0) end = text.length;
        parts[place] = text.slice(at, end);
      }
      at = end + 1;
    }
    return at === text.length + 1 ? parts : null;
  };
}

/** `toIso` of texts of which one is often the same as the one before. */
export function isoReader(): (text: string) => string {
  let [known, iso] = ['', ''];
  return (text) => {
    if (text !== known) [known, iso] = [text, toIso(text)];
    return iso;
  };
}

const SEPARATOR = 0x1f;

export function oddEvent(texts: readonly string[], data: string): JourneyEvent {
  return toEvent(texts, texts.slice(9, 12).map(toIso), data);
}

function toEvent(texts: readonly string[], [occurredAt, observedAt, recordedAt]: readonly string[], data: string): JourneyEvent {
  return {
    position: texts[0]!, stream: { tenant: texts[1]!, category: texts[2]!, id: texts[3]! }, revision: Number(texts[4]),
    type: texts[5]!, version: Number(texts[6]), source: texts[7]!, id: texts[8]!,
    occurredAt: occurredAt!, observedAt: observedAt!, recordedAt: recordedAt!,
    witnessed: texts[12] === 'true', actor: { kind: texts[13] as 'person' | 'system', id: texts[14]! },
    ...(texts[15] === '' ? {} : restOf(texts[15]!)),
    data: JSON.parse(data) as Record<string, unknown>,
  };
}

/** Reads `REST` where it is not empty. */
export function restOf(text: string): Pick<JourneyEvent, 'importId' | keyof Links> {
  if (text.startsWith('=')) return { importId: text.slice(1) };
  const end = text.indexOf('\u001d');
  const [correlationId, causationId, traceParent] = JSON.parse(text.slice(0, end)) as (string | null)[];
  return {
    ...(end + 1 < text.length && { importId: text.slice(end + 2) }),
    ...(correlationId !== null && { correlationId }), ...(causationId !== null && { causationId }), ...(traceParent !== null && { traceParent }),
  };
}

/** `2026-01-05 10:00:00.12+00`, as a session in UTC writes it, in RFC 3339 with milliseconds. Ten times as fast as a Date. */
export function toIso(text: string): string {
  const fraction = text.length > 22 ? text.slice(20, -3).slice(0, 3).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** A one-dimensional array of numbers, as PostgreSQL writes it. */
export const listOf = (text: string): string[] => text.slice(1, -1).split(',');
