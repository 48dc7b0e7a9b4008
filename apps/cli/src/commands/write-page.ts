import { writeFileSync } from 'node:fs';
import { CliError } from '../terminal.js';

/** Keeps a page that was drawn. @throws CliError */
export function writePage(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${(error as Error).message}. Name another file with --html.`);
  }
}
