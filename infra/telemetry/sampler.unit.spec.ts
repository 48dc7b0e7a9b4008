import { afterEach, expect, it } from '@jest/globals';
import { context, propagation, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { traceTo } from './tracing.js';

let end: () => Promise<void>;
afterEach(async () => {
  await end();
  for (const api of [trace, context, propagation]) api.disable();
});

const ROOTS = 2_000;
const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', isRemote: true };
const kept = (traceFlags?: TraceFlags) => trace.getTracer('test').startSpan('s', {}, traceFlags === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...CALLER, traceFlags })).isRecording();

it.each([
  ['always_on', { roots: ROOTS, sampled: true, unsampled: true }],
  ['always_off', { roots: 0, sampled: false, unsampled: false }],
  ['parentbased_always_on', { roots: ROOTS, sampled: true, unsampled: false }],
  ['parentbased_always_off', { roots: 0, sampled: true, unsampled: false }],
] as const)('%s sends what OpenTelemetry says', async (sampler, what) => {
  end = await traceTo(new InMemorySpanExporter(), 'test', { sampler, samplerArg: 0.5 });
  expect({ roots: Array.from({ length: ROOTS }, () => kept()).filter(Boolean).length, sampled: kept(TraceFlags.SAMPLED), unsampled: kept(TraceFlags.NONE) }).toEqual(what);
});

it.each(['traceidratio', 'parentbased_traceidratio'])('%s sends the share that is asked for', async (sampler) => {
  end = await traceTo(new InMemorySpanExporter(), 'test', { sampler, samplerArg: 0.1 });
  const roots = Array.from({ length: ROOTS }, () => kept()).filter(Boolean).length / ROOTS;
  expect(roots).toBeGreaterThan(0.05);
  expect(roots).toBeLessThan(0.15);
});
