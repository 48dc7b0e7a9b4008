import { stemmer } from 'stemmer';

/** Words as their stems (Porter), in order; what has no letter is left out. */
export function stemsOf(text: string): string[] {
  return (text.toLowerCase().replaceAll('’', "'").match(/\p{L}+(?:'\p{L}+)?/gu) ?? []).map((word) => stemmer(word.replace(/'s$/, '')));
}

/** What a text is told by: its stems, and pairs of neighbours, for "not helpful" is not "helpful". */
export function featuresOf(text: string): string[] {
  const stems = stemsOf(text);
  return [...stems, ...stems.slice(1).map((stem, place) => `${stems[place]!} ${stem}`)];
}
