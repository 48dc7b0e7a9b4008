import { readFile } from 'node:fs/promises';
import { CliError } from '../terminal.js';

/** What a file says. @throws CliError where it cannot be read as JSON */
export async function jsonIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new CliError(`${file} cannot be read as JSON: ${(error as Error).message}.`);
  }
}
