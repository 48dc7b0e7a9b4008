/** What one door accepts. The HTTP layer takes its body size from here too. */
export interface IntakeLimits {
  /** One item as JSON, in bytes; also the longest line of an import. */
  readonly itemBytes: number;
  /** Items of one request. */
  readonly batchItems: number;
  /** One request body, in bytes; an import is a stream and has no such limit. */
  readonly bodyBytes: number;
  /** Arrays and objects inside each other. */
  readonly depth: number;
  /** One text, in UTF-16 units. */
  readonly textLength: number;
  /** How far a sender's clock may run ahead of ours, in milliseconds. */
  readonly clockSkewMs: number;
  /** Problems named per item; there may be more. */
  readonly problemsPerItem: number;
}

export const defaultLimits: IntakeLimits = {
  itemBytes: 64 * 1024,
  batchItems: 1_000,
  bodyBytes: 8 * 1024 * 1024,
  depth: 12,
  textLength: 10_000,
  clockSkewMs: 5 * 60_000,
  problemsPerItem: 5,
};

/** Facts known longer than this before they reached us are history. They count as any other; an import says how many there were. */
export const HISTORIC_AFTER_MS = 7 * 86_400_000;
