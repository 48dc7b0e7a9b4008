import { type Attributes, context, type Context, type Link, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** As W3C Trace Context has it: version, trace, span, flags. */
const TRACE_PARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const MOST_LINKS = 100;

/** One way in for all of the house; does nothing until an SDK is registered. */
const tracer = trace.getTracer('touchline');

export interface SpanOptions {
  readonly kind?: 'producer' | 'consumer' | 'internal';
  readonly attributes?: Attributes;
  /** The `traceParent` of the one event that the work is about: its trace goes on. */
  readonly from?: string | undefined;
  /** `traceParent`s of the events that the work is about: each trace is linked once. Asked only when somebody looks. */
  readonly about?: () => Iterable<string | null | undefined>;
}

const KINDS = { producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

/** Does work in a span of its own, a child of the one that is under way; ends it with the work, and marks it where the work fails. */
export function inSpan<T>(name: string, { kind = 'internal', attributes = {}, from, about }: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { kind: KINDS[kind], attributes }, contextOf(from), async (span) => {
    if (about && span.isRecording()) span.addLinks(linksTo(about()));
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span under way as a `traceparent`; undefined where nobody traces, or this trace is not kept. */
export function traceParent(): string | undefined {
  const at = trace.getActiveSpan()?.spanContext();
  return at && trace.isSpanContextValid(at) && (at.traceFlags & 1) === 1 ? `00-${at.traceId}-${at.spanId}-01` : undefined;
}

function contextOf(from: string | undefined): Context {
  const [parent] = from === undefined ? [] : linksTo([from]);
  return parent ? trace.setSpanContext(context.active(), parent.context) : context.active();
}

function linksTo(parents: Iterable<string | null | undefined>): Link[] {
  const links = new Map<string, Link>();
  for (const parent of parents) {
    const [, traceId, spanId, flags] = TRACE_PARENT.exec(parent ?? '') ?? [];
    if (traceId && !links.has(traceId)) links.set(traceId, { context: { traceId, spanId: spanId!, traceFlags: parseInt(flags!, 16), isRemote: true } });
    if (links.size === MOST_LINKS) break;
  }
  return [...links.values()];
}
