import type { Card } from '../cards/card.js';
import { type FactSheet, newsOf } from '../fact-sheet.js';
import { qualityOf } from './curve.js';
import { sayCeiling, sayExtra, sayMeasure } from './say.js';
import { figure, sentence } from '../words.js';
import { isEnough } from './band.js';
import { halfUp } from './half-up.js';
import { groupScores } from './group-scores.js';
import { type Held, weigh, type Weighed, type WeighedExtra, type Weighing } from './weigh.js';

/** Raised only when a figure can change for the same events and card. */
export const ARITHMETIC = '1';

/** Whole hundredths of a point: 7825 is 78.25 points. */
export type Hundredths = number;

export interface MeasureScore {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly status: 'known' | 'unknown';
  /** Why it is unknown, in words; null when known. */
  readonly reason: string | null;
  readonly value: number | null;
  readonly unit: string;
  readonly weight: number;
  /** 0 to `maxPoints`; below 0 where a group adds up, and on lines that take away: the ceiling, and bounds of a group. */
  readonly points: Hundredths;
  readonly maxPoints: Hundredths;
  readonly lost: Hundredths;
  readonly band: 'good' | 'fair' | 'poor' | 'unknown';
  /** Position numbers of the events that set the value, ascending, at most the 25 latest. */
  readonly refs: readonly number[];
  /** Days since the newest data that counted. */
  readonly age: number | null;
  /** Day since when it is so, where there is one. */
  readonly since: number | null;
  /** One sentence of at most 25 words for a person. */
  readonly say: string;
}

export interface GroupScore {
  readonly id: string;
  readonly label: string;
  /** The group it belongs to; null: the score itself. Those without one sum to the score. */
  readonly parent: string | null;
  readonly status: 'known' | 'unknown';
  readonly points: Hundredths;
  readonly maxPoints: Hundredths;
  readonly lost: Hundredths;
}

/** The id of the line, and of its group, by which a ceiling of the card holds the whole score down. It is there only while one does. */
export const CEILING = 'ceiling';

/** Whether a line is a measure of the card, and not what a ceiling, a start or the bounds of a group add or take away. */
export const isMeasure = ({ id }: Pick<MeasureScore, 'id'>): boolean => id !== CEILING && !/^(start|limit)(:|$)/.test(id);

/** The points of the measures, and those of the groups without a parent, sum to `score` exactly. */
export interface Score {
  readonly polarity: '100 is healthy';
  /** Of the scale: 0 to 100 points, in hundredths. */
  readonly scale: '1';
  /** The score as people read it on the card's own scale, 0 to `max`; null when there is none. */
  readonly shown: { readonly score: number | null; readonly max: number };
  readonly arithmetic: string;
  readonly card: { readonly id: string; readonly version: number };
  readonly day: number;
  /** Null when nothing is known. */
  readonly score: Hundredths | null;
  /** Percent of the card's weight that is known. */
  readonly coverage: number;
  /** Days since the newest fact about the customer, a score set by hand aside; null without such facts. */
  readonly dataAge: number | null;
  readonly groups: readonly GroupScore[];
  readonly measures: readonly MeasureScore[];
  /** The measure that holds the whole score down by a ceiling of the card, at how many points, and what that costs; null when none does. */
  readonly held: { readonly measure: string; readonly at: Hundredths; readonly cost: Hundredths } | null;
}

/** Scores a sheet on a day. A weighted mean of qualities over the known measures, held down by the lowest ceiling that applies; rounded once. */
export function scoreHealth(sheet: FactSheet, card: Card, day: number): Score {
  return scoreOf(weigh(sheet, card, day), sheet, day);
}

/** What explains the figures of a weighing of a sheet on a day. */
export function scoreOf(weighing: Weighing, sheet: FactSheet, day: number): Score {
  const { card, score, coverage, measures: known, held, extras } = weighing;
  // Where there is no score, none is held.
  const told = isEnough(weighing, card);
  const weighed = known.map(withSince);
  const measures = weighed.map((one, index) => measureScore(one, card, day, told && held?.index === index ? held : null));
  const ceiling = held && ceilingLine(weighed[held.index]!, measures[held.index]!, { held, told }, day);
  const lines = [...measures, ...extras.map(extraLine), ...(ceiling ? [ceiling] : [])];
  return {
    polarity: '100 is healthy', scale: '1', shown: shownOn(card, weighing), arithmetic: ARITHMETIC, card: { id: card.id, version: card.version }, day, score, coverage,
    dataAge: dataAgeOf(sheet, day),
    held: held && { measure: measures[held.index]!.id, at: held.at, cost: held.cut },
    groups: groupScores(card, lines), measures: lines,
  };
}

/** A score on the scale of its card, rounded once, halves up: 84.496 is 8.4 of 10, not 84.5 and so 8.5. Where that scale is the score's own, it is the score. */
export function shownOn({ scale = { max: 100, decimals: 2 } }: Card, { score, exact }: Pick<Weighing, 'score' | 'exact'>): Score['shown'] {
  const places = 10 ** scale.decimals;
  const unit = (scale.max * places) / 10_000;
  return { score: score === null ? null : (unit === 1 ? score : halfUp(exact! * unit)) / places, max: scale.max };
}

/** Days since the newest fact that is news of the customer; null without such facts. */
export function dataAgeOf(sheet: FactSheet, day: number): number | null {
  const news = newsOf(sheet);
  return news === null ? null : Math.max(0, day - news);
}

/** A smaller loss than a tenth of a measure is no state that has begun on some day. */
const WELL = 0.9;

/** Looks back for the day since when it is so, where that takes a look at many days. */
export function withSince(weighed: Weighed): Weighed {
  const { measure: { curve }, reading } = weighed;
  if ('missing' in reading || !reading.sinceWhile) return weighed;
  const since = reading.sinceWhile((value) => qualityOf(value, curve) <= WELL);
  return since === undefined ? weighed : { ...weighed, reading: { ...reading, since } };
}

function extraLine({ id, kind, group, points }: WeighedExtra): MeasureScore {
  const maxPoints = kind === 'start' ? Math.max(0, points) : 0;
  return {
    id, group: group?.id ?? id, label: kind === 'start' ? 'Start' : 'Bounds', status: 'known', reason: null, value: points / 100, unit: 'points', weight: 0,
    points, maxPoints, lost: maxPoints - points, band: points < 0 ? 'poor' : 'good', refs: [], age: null, since: null, say: sayExtra({ id, kind, group, points }),
  };
}

/** What a ceiling takes away, as a line of its own, so that the lines still sum to the score and no measure has less than nothing. */
function ceilingLine(weighed: Weighed, bearer: MeasureScore, { held, told }: { held: Held; told: boolean }, day: number): MeasureScore {
  return {
    ...bearer, id: CEILING, group: CEILING, label: 'Ceiling', value: held.at / 100, unit: 'points at most', weight: 0,
    points: -held.cut, maxPoints: 0, lost: held.cut, say: told ? sayCeiling(weighed, held, day) : sentence(`${weighed.measure.label}: so bad that a score would be ${figure(held.at / 100)} at most`),
  };
}

function measureScore(weighed: Weighed, card: Card, day: number, held: Held | null): MeasureScore {
  const { measure: { id, group, label, unit, weight }, reading, quality, points, maxPoints } = weighed;
  const { good, fair } = card.measureBands;
  const figures = { id, group, label, unit, weight, points, maxPoints, lost: maxPoints - points, say: sayMeasure(weighed, day, held) };
  if ('missing' in reading) return { ...figures, status: 'unknown', reason: reading.missing, value: null, band: 'unknown', refs: [], age: null, since: null };
  return {
    ...figures, status: 'known', reason: null, value: Math.round(reading.value * 100) / 100 + 0, refs: reading.refs, age: reading.age, since: reading.since ?? null,
    band: quality >= good ? 'good' : quality >= fair ? 'fair' : 'poor',
  };
}

/** The measures that cost most, worst first, at most `n`; a ceiling counts for the measure that sets it. Those that cost nothing are left out. */
export function worstMeasures({ measures, held }: Score, n: number): MeasureScore[] {
  const cost = ({ id, lost }: MeasureScore) => lost + (held?.measure === id ? held.cost : 0);
  return measures.filter((measure) => isMeasure(measure) && cost(measure) > 0).sort((a, b) => cost(b) - cost(a)).slice(0, n);
}
