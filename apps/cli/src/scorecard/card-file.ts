import { readFile } from 'node:fs/promises';
import { CliError } from '../terminal.js';

/** The scorecard in a JSON file. @throws CliError */
export async function cardIn(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: Error) => { throw new CliError(`${file} cannot be read: ${error.message}.`); });
  try {
    const card: unknown = JSON.parse(text);
    if (typeof card === 'object' && card !== null && !Array.isArray(card)) return card as Record<string, unknown>;
  } catch (error) {
    throw new CliError(`${file} is no JSON: ${(error as Error).message}.`);
  }
  throw new CliError(`${file} holds no scorecard: it must be one JSON object, such as \`touchline scorecard show first-scorecard --json\` writes.`);
}
