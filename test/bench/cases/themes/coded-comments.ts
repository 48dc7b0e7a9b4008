import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { CodedText } from '../../../../libs/insight/src/text/theme-model.js';

interface Row { readonly respondent_id: string; readonly verbatim: string; readonly topics: string; readonly sentiment_label: string }

export const allComments = (): Row[] => parse<Row>(gunzipSync(readFileSync('test/fixtures/themes/nhs-fft-comments.csv.gz')).toString(), { columns: true });

/** The comments that say something: those of which coders could say what they are about. "Not assigned" is about no topic. */
export function commentsByTopic(): CodedText[] {
  return allComments().map(({ verbatim, respondent_id, topics }) => ({ text: verbatim, by: respondent_id, themes: topics.split('|').filter((topic) => topic !== 'Not assigned') })).filter(({ themes }) => !themes.includes('Labelling not possible'));
}

const FEELINGS: Readonly<Record<string, string>> = { 1: 'positive', 2: 'positive', 3: 'neutral or mixed', 4: 'negative', 5: 'negative' };

/** The comments whose feeling was coded, in three steps. */
export function commentsByFeeling(): CodedText[] {
  return allComments().flatMap(({ verbatim, respondent_id, sentiment_label }) => (FEELINGS[sentiment_label] ? [{ text: verbatim, by: respondent_id, themes: [FEELINGS[sentiment_label]] }] : []));
}
