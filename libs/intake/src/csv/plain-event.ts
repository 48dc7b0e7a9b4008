/** An event as the JSON and NDJSON doors take it. */
export interface PlainEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** RFC 3339 in UTC. */
  readonly time: string;
  /** Our id, or the id that another system has for the customer. */
  readonly customer: string | { readonly system: string; readonly id: string };
  readonly data: Record<string, unknown>;
  readonly observedAt?: string;
  readonly version?: number;
}
