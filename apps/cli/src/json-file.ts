import { readFile } from 'node:fs/promises';
import { CliError } from './terminal.js';

/** What a JSON file holds, which must be one object; `what` names it, `hint` says where such a file comes from. @throws CliError */
export async function jsonIn(file: string, what: string, hint = ''): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: Error) => { throw new CliError(`${file} cannot be read: ${error.message}.`); });
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  } catch (error) {
    throw new CliError(`${file} is no JSON: ${(error as Error).message}.`);
  }
  throw new CliError(`${file} holds no ${what}: it must be one JSON object${hint}.`);
}
