import { sayCeiling, sayExtra, sayMeasure } from '../../score/say.js';
import { sayTime } from '../../health/say-difference.js';
import type { Card, CardMeasure } from '../card.js';
import { type CardFinding, error, unless } from './finding.js';

const MOST_WORDS = 25;
/** As long as what signals say of why they are missing. */
const MISSING = 'there are fewer than five earlier resolutions to compare with';
/** A day in another year than the one before it, so that the year is told. */
const [SINCE, TODAY] = [20_000, 20_600];

/** Whether labels and units are there, and short enough for the sentences that are made from them. */
export function checkWords({ measures, groups }: Card): CardFinding[] {
  return [
    ...measures.flatMap((measure, at) => [...checkLabel(measure.label, sentencesOf(measure), `/measures/${at}/label`), ...unless(measure.unit.trim() !== '', error(`/measures/${at}/unit`, 'Say what the value counts.'))]),
    ...groups.flatMap((group, at) => checkLabel(group.label, [sayExtra({ id: 'limit', kind: 'limit', group, points: -4 }), sayExtra({ id: 'start', kind: 'start', group, points: 1250 })], `/groups/${at}/label`)),
  ];
}

function checkLabel(label: string, sentences: readonly string[], pointer: string): CardFinding[] {
  if (label.trim() === '') return [error(pointer, 'Give it a name that people can read.')];
  const most = Math.max(...sentences.map(wordsIn));
  return unless(most <= MOST_WORDS, error(pointer, `Shorten it to ${wordsIn(label) + MOST_WORDS - most} words: a sentence with it must not have more than ${MOST_WORDS}.`));
}

function sentencesOf(measure: CardMeasure): string[] {
  const reading = { value: 0, refs: [], age: 0, since: SINCE, what: () => measure.label };
  const weighed = { measure, reading, quality: 0, points: 0, maxPoints: 1250 };
  const held = { index: 0, at: 6550, cut: 1250 };
  return [
    sayMeasure({ ...weighed, reading: { missing: MISSING } }, TODAY), sayTime(measure.label, -1250, { counts: false, rest: 'more' }),
    ...(measure.ceilings?.length ? [sayCeiling(weighed, held, TODAY)] : []),
  ];
}

const wordsIn = (text: string): number => text.trim().split(/\s+/).length;
