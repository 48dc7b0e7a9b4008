import { causationOf, causeIn, familyOf, isTenantType, type JourneyEvent, type Position } from '#journey';
import { dataSchemaUri } from './data-schema.js';
import { uriReference } from './uri-reference.js';

/** A fact as other systems get it: a CloudEvent 1.0 with JSON data. What each attribute means stands in `EVENTS.md`. */
export interface PublicEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The customer in whose stream the fact stands, by our id. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema?: string;
  readonly typeversion: number;
  readonly observedat: string;
  readonly recordedtime: string;
  readonly sequence: string;
  readonly position: Position;
  readonly partitionkey: string;
  readonly importid?: string;
  readonly correlationid?: string;
  readonly causationid?: string;
  readonly traceparent?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The two streams that others may follow. */
export const PUBLIC_STREAMS = ['journey', 'insight'] as const;
export type PublicStream = (typeof PUBLIC_STREAMS)[number];

/** Families of what follows from facts: computed, or our own work because of them. */
export const DERIVED: readonly string[] = ['insight', 'recovery', 'task'];

/** Categories of streams in the log in which public facts stand. */
export const PUBLIC_CATEGORIES: readonly string[] = ['customer', 'insight'];

/** In which stream others find a fact; null for what concerns nobody else: the clock, settings, cards, models. */
export function streamOf({ type, stream: { category } }: Pick<JourneyEvent, 'type' | 'stream'>): PublicStream | null {
  if (!PUBLIC_CATEGORIES.includes(category)) return null;
  return DERIVED.includes(familyOf(type)) ? 'insight' : 'journey';
}

/** The fact for others, its personal fields as they are in `event`; null for what is not public. `publicUrl`: where our API is, if known. */
export function publicEvent(event: JourneyEvent, publicUrl?: string): PublicEvent | null {
  return streamOf(event) === null ? null : cloudEvent(event, publicUrl);
}

/** The fact as a CloudEvent, whether it is public or not. */
export function cloudEvent(event: JourneyEvent, publicUrl?: string): PublicEvent {
  const { stream: { id: stream }, type, version, importId, correlationId, traceParent, data } = event;
  const cause = isTenantType(type) ? undefined : causeIn(data);
  const causationId = event.causationId ?? (cause && causationOf(cause));
  const dataschema = dataSchemaUri(type, version, publicUrl);
  return {
    specversion: '1.0', id: event.id, source: uriReference(event.source), type, subject: stream, time: event.occurredAt,
    datacontenttype: 'application/json', ...(dataschema !== undefined && { dataschema }), typeversion: version, observedat: event.observedAt, recordedtime: event.recordedAt,
    sequence: String(event.revision).padStart(10, '0'), position: event.position, partitionkey: stream,
    ...(importId !== undefined && { importid: importId }),
    ...(correlationId !== undefined && { correlationid: correlationId }),
    ...(causationId !== undefined && { causationid: causationId }),
    ...(traceParent !== undefined && { traceparent: traceParent }),
    data,
  };
}
