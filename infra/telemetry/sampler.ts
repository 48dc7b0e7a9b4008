import type { Sampler } from '@opentelemetry/sdk-trace';

/** As OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG say it; the SDK reads neither by itself. */
export interface Sampling {
  readonly sampler: string;
  readonly samplerArg: number;
}

const PARENT_BASED = 'parentbased_';

/** `sdk` is handed over, as it is loaded only where something is traced. */
export function samplerOf(sdk: typeof import('@opentelemetry/sdk-trace'), { sampler, samplerArg }: Sampling): Sampler {
  if (sampler.startsWith(PARENT_BASED)) return new sdk.ParentBasedSampler({ root: samplerOf(sdk, { sampler: sampler.slice(PARENT_BASED.length), samplerArg }) });
  if (sampler === 'traceidratio') return new sdk.TraceIdRatioBasedSampler(samplerArg);
  return sampler === 'always_off' ? new sdk.AlwaysOffSampler() : new sdk.AlwaysOnSampler();
}
