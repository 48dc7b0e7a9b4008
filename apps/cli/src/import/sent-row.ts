/** One row of the file on its way to the API, as lines of NDJSON; or one that is not sent, and why. */
export interface SourceRow {
  /** From 1, header not counted. */
  readonly row: number;
  /** Line of the file on which it starts, from 1. */
  readonly line: number;
  /** One event each as JSON, without the line end. */
  readonly events: readonly (string | Buffer)[];
  /** As far as they are known here. */
  readonly ids: readonly string[];
  readonly dropped?: string;
  readonly problem?: RowFault;
}

/** What is wrong with a row, found here or by the API. */
export interface RowFault {
  readonly title?: string;
  readonly detail: string;
  readonly remedy?: string;
  readonly pointer?: string;
  readonly column?: string;
  readonly code?: string;
}

/** What is to be imported. */
export interface Source {
  readonly name: string;
  /** Stable for the same content and mapping; absent for a stream that cannot be read twice. */
  readonly fingerprint?: string;
  readonly warnings: readonly string[];
  readonly rows: AsyncIterable<SourceRow>;
  /** For the progress bar; absent for a stream. */
  readonly bytes?: { readonly total: number; readonly read: () => number };
}
