import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type CodedText, learnThemes, type Theme, type ThemeModel, themesByWords, themesIn } from '#insight';
import { breathing } from '../whole-history/breathing.js';

/** An answer with words, and what people of ours said that it is about; null: nobody did. */
export interface WrittenAnswer {
  readonly customer: string;
  readonly survey: string;
  readonly by: string;
  readonly words: string;
  readonly coded: readonly string[] | null;
}

/** Fewer texts than this that people coded teach no theme. */
export const LEAST_CODED = 20;

const learnt = new LRUCache<string, ThemeModel>({ max: 50 });

/** What texts teach whose themes people have told: once for the same texts. Only weights of words are kept, for as long as the process runs. */
export async function learntFrom(tenant: string, written: readonly WrittenAnswer[], themes: readonly Theme[]): Promise<ThemeModel | null> {
  const known = new Set(themes.map(({ id }) => id));
  const coded = written.flatMap(({ words, by, coded: own }): CodedText[] => (own === null ? [] : [{ text: words, by, themes: own.filter((theme) => known.has(theme)) }]));
  if (coded.length < LEAST_CODED) return null;
  const key = hash('sha256', JSON.stringify([tenant, coded]), 'base64url');
  const before = learnt.get(key);
  if (before) return before;
  const steps = breathing(learnThemes(coded, LEAST_CODED), new AbortController().signal);
  for (let step = await steps.next(); ; step = await steps.next()) {
    if (!step.done) continue;
    learnt.set(key, step.value);
    return step.value;
  }
}

/** As people coded it; else as the model tells it for the themes that it has learnt, and by their words for the others. */
export function toldThemes({ words, coded }: WrittenAnswer, themes: readonly Theme[], model: ThemeModel | null): readonly string[] {
  if (coded !== null) return coded.filter((theme) => themes.some(({ id }) => id === theme));
  const isLearnt = new Set(model?.themes.map(({ theme }) => theme));
  return [...(model ? themesIn(words, model) : []), ...themesByWords(words, themes.filter(({ id }) => !isLearnt.has(id)))];
}
