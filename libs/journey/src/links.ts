import type { EventRef, Links } from './envelope.js';

/** How facts name the fact that led to them. */
export const causationOf = ({ source, id }: EventRef): string => `${source}/${id}`;

/** The links of a fact that another has led to: it belongs to what its cause belongs to, or else to its cause. */
export const linksFrom = (cause: EventRef & Links): Links => ({
  correlationId: cause.correlationId ?? causationOf(cause), causationId: causationOf(cause), ...(cause.traceParent !== undefined && { traceParent: cause.traceParent }),
});

/** The fact that a derived one names in its data as its cause: the only one, or the latest. */
export function causeIn({ cause, because }: Readonly<Record<string, unknown>>): EventRef | undefined {
  const named = because === undefined ? (cause as { event?: unknown } | null | undefined)?.event : because;
  const ref: unknown = Array.isArray(named) ? named.at(-1) : named;
  return isRef(ref) ? ref : undefined;
}

const isRef = (value: unknown): value is EventRef =>
  typeof value === 'object' && value !== null && typeof (value as EventRef).source === 'string' && typeof (value as EventRef).id === 'string';
