import { type Channel, channel } from 'node:diagnostics_channel';

/** What the parts of the house tell of their work while they do it. */
export interface Measures {
  /** One call of `append`, with the wait for others that share its transaction. */
  readonly append: { readonly seconds: number; readonly events: number; readonly outcome: 'done' | 'failed' };
  /** What one projection applied in one transaction. */
  readonly batch: { readonly projection: string; readonly seconds: number; readonly events: number };
  /** One attempt at what a fact asks of a reaction. */
  readonly attempt: { readonly reaction: string; readonly outcome: 'done' | 'failed' };
  /** What became of something that was to leave the house. */
  readonly delivery: { readonly by: string; readonly outcome: string; readonly count: number };
  /** What became of an event that another system published and we read. */
  readonly received: { readonly from: string; readonly outcome: string };
  /** Records of Kafka that wait to be read, as this process saw them last: of the tenants with the most. */
  readonly kafkaLag: { readonly tenants: readonly { readonly tenant: string; readonly records: number }[] };
  /** An answered request; `route` is its pattern. */
  readonly request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number };
}

const KINDS: readonly (keyof Measures)[] = ['append', 'batch', 'attempt', 'delivery', 'received', 'kafkaLag', 'request'];
const channels = Object.fromEntries(KINDS.map((kind) => [kind, channel(`touchline:${kind}`)])) as Record<keyof Measures, Channel>;

/** Tells whoever listens in this process; with nobody there it is one look at a flag. */
export function tell<Kind extends keyof Measures>(kind: Kind, measure: Measures[Kind]): void {
  if (channels[kind].hasSubscribers) channels[kind].publish(measure);
}

/** For who would have to ask around before it tells. */
export const isHeard = (kind: keyof Measures): boolean => channels[kind].hasSubscribers;

/** @returns a function that ends it */
export function hear<Kind extends keyof Measures>(kind: Kind, listener: (measure: Measures[Kind]) => void): () => void {
  const heard = (measure: unknown) => listener(measure as Measures[Kind]);
  channels[kind].subscribe(heard);
  return () => void channels[kind].unsubscribe(heard);
}
