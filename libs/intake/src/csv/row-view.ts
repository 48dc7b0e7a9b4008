/** The cells of one row in the order of the columns; a missing one is undefined. */
export type Cells = readonly (string | undefined)[];

/** One row, with what is known of its neighbours of the same key. */
export interface RowView {
  /** From 1, headers and blank lines not counted. */
  readonly row: number;
  /** Line of the file on which the row starts, from 1. */
  readonly line: number;
  readonly cells: Cells;
  /** The row before with the same key; undefined for the first. */
  readonly previous?: Cells;
  readonly first?: Cells;
  readonly isLast?: boolean;
}
