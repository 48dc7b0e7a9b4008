import { context, propagation, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { samplerOf, type Sampling } from './sampler.js';

interface Tracing extends Sampling {
  /** Where traces go; left out, nothing of the SDK is even loaded. */
  readonly traces?: string | undefined;
}

/** Sends traces. What OpenTelemetry's variables say of the exporter and the resource (headers, service, …) those read by themselves. @returns a function that sends what is left and ends it */
export async function startTracing(app: string, { traces, ...sampling }: Tracing): Promise<() => Promise<void>> {
  if (traces === undefined) return () => Promise.resolve();
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
  return traceTo(new OTLPTraceExporter(), app, sampling);
}

/** Makes `exporter` the one that gets the spans of this process. */
export async function traceTo(exporter: SpanExporter, app: string, sampling: Sampling): Promise<() => Promise<void>> {
  const [{ AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, { defaultResource, detectResources, envDetector, resourceFromAttributes }, sdk] = await Promise.all([
    import('@opentelemetry/context-async-hooks'), import('@opentelemetry/core'), import('@opentelemetry/resources'), import('@opentelemetry/sdk-trace'),
  ]);
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': `touchline-${app}` })).merge(detectResources({ detectors: [envDetector] }));
  const provider = new sdk.TracerProvider({ resource, sampler: samplerOf(sdk, sampling), spanProcessors: [new sdk.BatchSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return () => provider.shutdown();
}
