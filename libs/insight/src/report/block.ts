import type { EventRef } from '#journey';
import type { ReportFigure } from './figure.js';

/** What a cell says, and the number behind it. */
export interface Cell { readonly text: string; readonly value: number | string | null }

export interface TableBlock {
  readonly kind: 'table';
  readonly id: string;
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
  /** So many more than the rows shown. */
  readonly more: number;
  /** What is said where there are no rows. */
  readonly none: string;
}

/** A bar, or a point with a range, of a chart; what is not measured is not drawn. */
export interface Mark { readonly name: string; readonly value: number; readonly low?: number; readonly high?: number; readonly part?: string; readonly label: string }

/** A chart: its title says what it shows, `alt` the same numbers in words. */
export interface ChartBlock {
  readonly kind: 'chart';
  readonly id: string;
  readonly shape: 'waterfall' | 'stacked' | 'ranges' | 'bars';
  readonly title: string;
  readonly alt: string;
  readonly axis: string;
  /** So many of a mark's units are one of the axis: 100 where marks are cents and the axis has euros. */
  readonly per: number;
  readonly marks: readonly Mark[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly level: 2 | 3 }
  | { readonly kind: 'sentence'; readonly text: string; readonly quiet?: boolean }
  | { readonly kind: 'outcome'; readonly outcome: string; readonly figures: readonly ReportFigure[]; readonly beside: readonly ReportFigure[] }
  | { readonly kind: 'figure'; readonly figure: ReportFigure }
  | TableBlock
  | ChartBlock;

export interface Page { readonly id: string; readonly title: string; readonly blocks: readonly Block[] }

/** What a later look at the same quarter says otherwise; `facts`: what moved it, null where that cannot be told. */
export interface Restated { readonly figure: string; readonly label: string; readonly was: number | null; readonly is: number | null; readonly say: string; readonly facts: readonly EventRef[] | null }

/** The report that this one takes the place of: of the same quarter and segment. */
export interface Superseded {
  readonly report: string;
  /** When it was published (RFC 3339), and the SHA-256 of its figures. */
  readonly at: string;
  readonly figures: string;
  /** What it says otherwise; null where the two cannot be compared, and `why` says why. */
  readonly restated: readonly Restated[] | null;
  readonly why: string | null;
}

/** A report: the same blocks, whatever they are rendered as. */
export interface Report {
  readonly title: string;
  readonly period: string;
  readonly segment: string | null;
  /** Whether the quarter is over. */
  readonly isOver: boolean;
  readonly asOf: string;
  readonly knownAt: string;
  readonly position: string;
  /** Version of the definitions and of how they are put together. */
  readonly composition: number;
  readonly currency: string | null;
  readonly policy: Readonly<Record<string, unknown>>;
  /** Customers counted, and those left out as a fact of theirs cannot be read. */
  readonly customers: number;
  readonly held: number;
  /** Null in a report that is not published, and in the first of its quarter and segment. */
  readonly supersedes: Superseded | null;
  readonly pages: readonly Page[];
}

export const text = (words: string): Cell => ({ text: words, value: words });
export const number = (words: string, value: number | null): Cell => ({ text: words, value });

/** All figures of a report, as they stand in it. */
export const figuresIn = ({ pages }: Pick<Report, 'pages'>): ReportFigure[] => pages.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : block.kind === 'outcome' ? [...block.figures, ...block.beside] : [])));
