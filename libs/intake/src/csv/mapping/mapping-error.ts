/** One thing that is wrong with a mapping, and where. */
export interface MappingFault {
  /** RFC 6901 pointer into the mapping. */
  readonly pointer: string;
  readonly message: string;
  /** Line of the YAML file, from 1, where it could be found. */
  readonly line?: number;
}

/** The mapping itself is wrong: nothing of the file was imported. */
export class MappingError extends Error {
  constructor(readonly faults: readonly MappingFault[]) {
    super(faults.map(({ pointer, message, line }) => `${line === undefined ? '' : `line ${line}, `}${pointer || 'the mapping'}: ${message}`).join('\n'));
  }
}

/** Something in one row does not fit the mapping. */
export class RowError extends Error {
  constructor(message: string, readonly pointer: string, readonly column?: string) {
    super(message);
  }
}

/** The file as a whole cannot be read, or not any further. */
export class FileError extends Error {
  constructor(message: string, readonly line?: number) {
    super(line === undefined ? message : `Line ${line}: ${message}`);
  }
}
