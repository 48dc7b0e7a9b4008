import type { ReadText } from '../scope.js';

const HOLE = /\$\$\{|\$\{([^}]*)\}/g;

/** Whether a text has `${…}` in it. */
export const isTemplate = (text: string) => text.includes('${');

/** Fills `${name}`; missing as soon as one of the names is. `$${` stands for a plain `${`. */
export function compileTemplate(text: string, read: (name: string) => ReadText, encode: (cell: string) => string = (cell) => cell): ReadText {
  const parts: (string | ReadText)[] = [];
  let end = 0;
  for (const match of text.matchAll(HOLE)) {
    parts.push(text.slice(end, match.index));
    parts.push(match[1] === undefined ? '${' : read(match[1].trim()));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return (row) => {
    let filled = '';
    for (const part of parts) {
      const piece = typeof part === 'string' ? part : part(row);
      if (piece === undefined) return undefined;
      filled += typeof part === 'string' ? piece : encode(piece);
    }
    return filled;
  };
}
