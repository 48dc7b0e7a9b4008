import { stemsOf } from './tokens.js';

/** What people may complain of, told by words; any form of a word is meant, several words as they follow each other. */
export interface Theme {
  readonly id: string;
  readonly label: string;
  readonly words: readonly string[];
  /** Categories of tickets that are about it, as the tickets say. */
  readonly categories: readonly string[];
}

/** The themes of a text by their words, in their own order. */
export function themesByWords(text: string, themes: readonly Theme[]): string[] {
  const said = ` ${stemsOf(text).join(' ')} `;
  return themes.filter(({ words }) => words.some((word) => said.includes(` ${stemsOf(word).join(' ')} `))).map(({ id }) => id);
}

/** What a tenant starts with that has set no themes of its own. */
export const firstThemes: readonly Theme[] = [
  { id: 'speed', label: 'Waiting and speed', words: ['slow', 'wait', 'waited', 'days', 'weeks', 'too long', 'took', 'late', 'delay', 'quick', 'queue'], categories: [] },
  { id: 'told', label: 'Being told', words: ['nobody told', 'no answer', 'no reply', 'not informed', 'silence', 'update', 'status', 'when it will', 'nobody called', 'nobody calls'], categories: [] },
  { id: 'comes-back', label: 'Faults that come back', words: ['again', 'came back', 'still not', 'still broken', 'third time', 'reopened', 'same fault', 'same problem', 'not solved', 'not fixed'], categories: [] },
  { id: 'manner', label: 'Manner', words: ['friendly', 'unfriendly', 'rude', 'polite', 'helpful', 'kind', 'patronising', 'listened'], categories: [] },
  { id: 'price', label: 'Price and invoices', words: ['price', 'expensive', 'cost', 'invoice', 'bill', 'charged', 'cheaper', 'offer'], categories: ['billing', 'invoice'] },
  { id: 'promises', label: 'Promises not kept', words: ['promised', 'promise', 'green', 'still not there', 'as agreed'], categories: [] },
  { id: 'reliability', label: 'Outages and reliability', words: ['outage', 'down', 'crash', 'unavailable', 'unreliable', 'stopped working', 'broken', 'does not work'], categories: ['outage', 'network'] },
];
