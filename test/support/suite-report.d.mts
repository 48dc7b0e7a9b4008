/** One spec file of a run; `path` is relative to the project. */
export interface FileCount {
  readonly path: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface KindCount {
  readonly kind: string;
  readonly files: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countPerKind(files: readonly FileCount[]): KindCount[];
export function countLines(files: readonly FileCount[]): string[];
export function complaints(files: readonly FileCount[], onDisk: readonly string[]): string[];
export function leftBehind(before: readonly string[], after: readonly string[], folder: string): string[];
