import type { RowView } from './row-view.js';
import type { Evaluate } from './value/value.js';

/** A second file, by key. */
export interface LookupTable {
  readonly columns: readonly string[];
  readonly has: (key: string) => boolean;
  /** The cell of a column in the row with this key; undefined when there is no such row or cell. */
  readonly find: (key: string, column: string) => string | undefined;
  /** The column of the first file that is meant when nothing else is said. */
  readonly key: string;
}

export interface Defaults {
  readonly zone: string;
  readonly dates: readonly string[];
  readonly locale: string;
  readonly decimal: '.' | ',';
  readonly currency?: string;
}

/** What an expression may refer to while it is compiled. Faults are collected, so that all of them can be told at once. */
export interface Scope {
  readonly defaults: Defaults;
  /** Index of a column of the file; undefined after a fault was noted. */
  readonly column: (name: string, at: string) => number | undefined;
  readonly columns: readonly string[];
  /** A computed value of this name. */
  readonly computed: (name: string) => Evaluate | undefined;
  readonly lookup: (name: string, at: string) => LookupTable | undefined;
  /** Notes a fault unless rows know their neighbours here; `ahead` for the one after. */
  readonly needNeighbours: (at: string, ahead?: 'ahead') => void;
  readonly fault: (at: string, message: string) => void;
  readonly warn: (message: string) => void;
}

/** The text of a column or of a computed value. */
export type ReadText = (row: RowView) => string | undefined;

export const nothing: Evaluate = () => undefined;
