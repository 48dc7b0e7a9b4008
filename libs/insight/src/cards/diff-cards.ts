import { isMeanThroughout, sharesOf } from '../score/shares-of.js';
import { figure, sentence } from '../words.js';
import type { Card, CardGroup, CardMeasure } from './card.js';
import { curveWords } from './curve-words.js';

/** One thing that another version of a card says otherwise. */
export interface CardChange {
  /** `card`, `group:ID` or `measure:ID`. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** What of it changed, such as `curve` or `bands.healthy`; `share` (percent of the whole score, of cards that are means throughout) where only weights of others did. Null where it was added or removed. */
  readonly field: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly say: string;
}

/** What changed between two cards: of the card itself, its groups, its measures. Weights are told as shares of the whole score, where both cards are means throughout. */
export function diffCards(before: Card, after: Card): CardChange[] {
  return [...cardChanges(before, after), ...partChanges(before.groups, after.groups, { path: 'group', what: 'The group' }), ...measureChanges(before, after)];
}

function cardChanges(before: Card, after: Card): CardChange[] {
  const [was, is] = [before, after].map(({ id: _, version: _version, groups: _groups, measures: _measures, bands, measureBands, ...rest }) => ({ ...rest, ...within('bands', bands), ...within('measureBands', measureBands) }));
  return fieldChanges(was!, is!, { path: 'card', what: 'The card' });
}

const within = (name: string, fields: object): object => Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${name}.${field}`, value]));

interface Named {
  readonly path: string;
  readonly what: string;
}

function partChanges<Part extends CardGroup | CardMeasure>(before: readonly Part[], after: readonly Part[], { path, what }: Named): CardChange[] {
  const [was, is] = [before, after].map((list) => new Map(list.map((part) => [part.id, part])));
  const gone = before.filter(({ id }) => !is!.has(id)).map((part): CardChange => ({ path: `${path}:${part.id}`, kind: 'removed', field: null, before: part, after: null, say: sentence(`${what} ${part.label} is no longer on the card`) }));
  return [...gone, ...after.flatMap((part): CardChange[] => {
    const one = was!.get(part.id);
    if (!one) return [{ path: `${path}:${part.id}`, kind: 'added', field: null, before: null, after: part, say: sentence(`${what} ${part.label} is new on the card`) }];
    return fieldChanges(one, part, { path: `${path}:${part.id}`, what: `${what} ${part.label}` });
  })];
}

function fieldChanges(before: object, after: object, { path, what }: Named): CardChange[] {
  const [was, is] = [before, after] as Record<string, unknown>[];
  return [...new Set([...Object.keys(was!), ...Object.keys(is!)])].filter((field) => spelled(was![field]) !== spelled(is![field])).map((field) => ({
    path, kind: 'changed', field, before: was![field] ?? null, after: is![field] ?? null, say: sentence(`${what}: ${wordsOf(field)} was ${told(field, was![field])}, is ${told(field, is![field])}`),
  }));
}

/**
 * A weight says little without the others: it is told with its share; and where a share moved by itself, that is told too. In a card that somewhere adds up or counts
 * its worst, what a measure can bring is no share of the score: there changes are told as they stand on the card.
 */
function measureChanges(before: Card, after: Card): CardChange[] {
  const own = partChanges(before.measures, after.measures, MEASURES);
  if (!isMeanThroughout(before) || !isMeanThroughout(after)) return own;
  const [was, is] = [sharesOf(before), sharesOf(after)];
  const shareWords = (id: string) => `${figure(was.get(id)!)} % of the score before, ${figure(is.get(id)!)} % now`;
  const told = own.map((change): CardChange => {
    const { field, path, say } = change;
    const id = path.slice('measure:'.length);
    if (field === 'weight') return { ...change, say: sentence(`${labelIn(after, id)} counts for ${shareWords(id)}`) };
    return field !== null ? { ...change, say } : { ...change, say: sentence(`${say.slice(0, -1)}: ${figure((change.kind === 'added' ? is : was).get(id)!)} % of the score`) };
  });
  const weighed = new Set(told.filter(({ field }) => field === 'weight' || field === null).map(({ path }) => path));
  const moved = after.measures.filter(({ id }) => was.has(id) && !weighed.has(`measure:${id}`) && Math.abs(was.get(id)! - is.get(id)!) >= 0.05);
  return [...told, ...moved.map(({ id, label }): CardChange => ({
    path: `measure:${id}`, kind: 'changed', field: 'share', before: was.get(id)!, after: is.get(id)!, say: sentence(`${label} counts for ${shareWords(id)}, as others weigh otherwise`),
  }))];
}

const MEASURES: Named = { path: 'measure', what: 'The measure' };

const labelIn = ({ measures }: Card, id: string): string => measures.find((measure) => measure.id === id)!.label;

/** `bands.leastCoverage` as "least coverage". */
const wordsOf = (field: string): string => field.slice(field.lastIndexOf('.') + 1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Whatever the order of keys. */
const spelled = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part)) ?? '';

/** In few words, so that a sentence of them is short. */
function told(field: string, value: unknown): string {
  const text = value === undefined || value === null ? 'nothing' : field === 'curve' ? curveWords(value as CardMeasure['curve']) : field === 'ceilings' ? (value as { upTo: number; score: number }[]).map(({ upTo, score }) => `${score} at ${upTo}`).join(', ')
    : typeof value === 'object' ? Object.values(value).map(String).join(' ') : String(value);
  return text.split(/\s+/).length > 6 ? 'another' : text;
}
