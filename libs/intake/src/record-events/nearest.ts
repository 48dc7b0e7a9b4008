/** What other systems call what we have; each in lower case without separators. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  time: ['occurredat', 'timestamp', 'ts', 'date', 'datetime', 'when', 'at', 'eventtime', 'createdat', 'happenedat'],
  observedAt: ['knownat', 'seenat', 'recordedat'],
  id: ['eventid', 'uuid', 'key'],
  source: ['system', 'origin', 'producer'],
  type: ['event', 'eventtype', 'kind', 'name'],
  customer: ['subject', 'account', 'accountid', 'customerid', 'company', 'client', 'organization', 'organisation'],
  data: ['payload', 'body', 'properties', 'attributes', 'content', 'details'],
  version: ['typeversion', 'schemaversion'],
  column: ['field', 'col', 'from'],
  constant: ['literal', 'const', 'fixed'],
  when: ['if', 'where', 'condition'],
  translate: ['map', 'mapping', 'lookuptable'],
  zone: ['timezone', 'tz'],
  formats: ['format', 'dateformat', 'dateformats', 'pattern'],
};

const bare = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The candidate that a person most likely meant: by another usual name, by its beginning, by edit distance; undefined when none is close. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const plain = bare(word);
  const called = candidates.find((candidate) => bare(candidate) === plain) ?? candidates.find((candidate) => ALSO_CALLED[candidate]?.includes(plain));
  if (called !== undefined) return called;
  const begun = plain.length < 3 ? [] : candidates.filter((candidate) => bare(candidate).startsWith(plain));
  return begun.length === 1 ? begun[0] : closest(word, candidates);
}

function closest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least && edits < candidate.length) [best, least] = [candidate, edits];
  }
  return best;
}

/** " Did you mean `x`?" or nothing. */
export function hint(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, [...candidates]);
  return candidate === undefined ? '' : ` Did you mean \`${candidate}\`?`;
}

const SHORT = 12;

/** The same; where nothing is close, all that there is, if that is a short list. */
export function hintOrAll(word: string, candidates: readonly string[]): string {
  const close = hint(word, candidates);
  return close !== '' || candidates.length === 0 || candidates.length > SHORT ? close : ` There is ${candidates.map((each) => `\`${each}\``).join(', ')}.`;
}

// Levenshtein, one row at a time.
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
