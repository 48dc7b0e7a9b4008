/** A plain event as the doors take it; `observedAt` needs a trusted import. */
export interface DemoEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly version?: number;
  readonly time: string;
  readonly observedAt: string;
  readonly customer: { readonly system: string; readonly id: string };
  readonly data: Readonly<Record<string, unknown>>;
}

/** One of the six stories, for pages and the README. */
export interface DemoStory {
  readonly customer: { readonly system: string; readonly id: string };
  readonly name: string;
  readonly title: string;
  /** What to look at, for a reader who has the customer's page open. */
  readonly lookAt: string;
}
