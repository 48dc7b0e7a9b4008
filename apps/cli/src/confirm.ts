import { createInterface } from 'node:readline/promises';
import { CliError, type Terminal } from './terminal.js';

/** On a terminal a word has to be typed once more before what cannot be undone; elsewhere nobody is there to ask. @throws CliError unless it was */
export async function confirm({ stdin, err, isTTY }: Terminal, word: string, what: string, { todo, undone }: { readonly todo: string; readonly undone: string }): Promise<void> {
  err(what);
  if (!isTTY) throw new CliError(`${undone} Say --yes to ${todo} without being asked.`);
  err(`To ${todo}, write the same again: ${word}`);
  const lines = createInterface({ input: stdin });
  const typed = await new Promise<string>((resolve) => lines.once('line', resolve).once('close', () => resolve('')));
  lines.close();
  if (typed.trim() !== word) throw new CliError(`That is something else. ${undone}`);
}
