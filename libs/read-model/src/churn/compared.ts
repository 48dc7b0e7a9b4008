import { type Cards, type ChurnModel, type ChurnRisk, dateOfDay, HEADLINE, type Health, healthAt, percentWords, profileOf, riskAt, type ToldEvent, withOverride } from '#insight';
import { scoreAnswer } from '../health/counting-parts.js';
import { type Moment, sheetOf, toldBy } from '../health/told-by.js';
import { points } from '../reading.js';
import type { HorizonName } from './churn-risk-answer.js';
import { chance, roundedParts } from './log-odds-parts.js';
import { sayRisk } from './risk-words.js';
import type { Moved, Outlook, WhatIfAnswer } from './what-if-answer.js';

interface Looked { readonly risk: ChurnRisk; readonly health: Health; readonly name: string | null; readonly outlook: Outlook }

/** Two stories of one customer side by side: how each stands at a moment, and what makes the difference. */
export function compared(by: { readonly model: ChurnModel; readonly cards: Cards }, [one, other]: readonly [readonly ToldEvent[], readonly ToldEvent[]], moment: Moment): Pick<WhatIfAnswer, 'name' | 'before' | 'after' | 'drivers' | 'measures' | 'say'> {
  const [before, after] = [lookAt(by, one, moment), lookAt(by, other, moment)];
  return { name: before.name, before: before.outlook, after: after.outlook, drivers: driversMoved(before.risk, after.risk), measures: measuresMoved(before.health, after.health), say: sayBoth(before.outlook, after.outlook) };
}

function lookAt({ model, cards }: Parameters<typeof compared>[0], story: readonly ToldEvent[], moment: Moment): Looked {
  const day = moment.dayOf(moment.asOf);
  const sheet = sheetOf(toldBy(story, moment), moment);
  const risk = riskAt(model, sheet, day);
  const health = healthAt(story, cards, moment);
  const [computed, { override }] = [{ score: health.score.score, band: health.band }, health];
  const found = risk.chances.find(({ horizon }) => horizon === HEADLINE);
  return {
    risk, health, name: profileOf(sheet, day).name,
    outlook: {
      standing: risk.standing, probability: found ? chance(found.probability) : null, say: sayRisk(risk, HEADLINE, day),
      chances: risk.chances.map(({ horizon, probability }) => ({ horizon: String(horizon) as HorizonName, probability: chance(probability) })),
      arrAtRisk: found ? risk.atRisk : [], ...scoreAnswer(withOverride(computed, override)), computed: scoreAnswer(computed),
      override: override && { score: points(override.score), until: dateOfDay(override.until) },
    },
  };
}

function driversMoved({ explained: before }: ChurnRisk, { explained: after }: ChurnRisk): Moved[] {
  if (!before || !after) return [];
  const [was, is] = [roundedParts(before).drivers, roundedParts(after).drivers];
  const earlier = new Map(before.drivers.map(({ feature }, place) => [feature, was[place]!]));
  return largestFirst(after.drivers.map(({ feature, label, say }, place) => moved({ id: feature, label, say }, earlier.get(feature) ?? 0, is[place]!, 10_000)));
}

function measuresMoved(before: Health, after: Health): Moved[] {
  const earlier = new Map(before.score.measures.map((measure) => [measure.id, measure.points]));
  return largestFirst(after.score.measures.map(({ id, label, say, points: is }) => moved({ id, label, say }, points(earlier.get(id) ?? 0), points(is), 100)));
}

const moved = (what: Pick<Moved, 'id' | 'label' | 'say'>, before: number, after: number, scale: number): Moved => ({ ...what, before, after, change: Math.round(scale * (after - before)) / scale });

const largestFirst = (all: readonly Moved[]): Moved[] => all.filter(({ change }) => change !== 0).sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.id < b.id ? -1 : 1));

const percentOf = ({ probability }: Outlook): string => (probability === null ? 'none' : percentWords(probability));
const rounded = (score: number | null): string => (score === null ? 'unknown' : String(Math.round(score * 10) / 10));
const scoreOf = ({ score, computed, override }: Outlook): string => (override ? `${rounded(score)} set by hand (computed ${rounded(computed.score)})` : rounded(score));

const sayBoth = (before: Outlook, after: Outlook): string => `Risk within ${HEADLINE} days ${percentOf(before)}, and ${percentOf(after)} with the changes; score ${scoreOf(before)}, and ${scoreOf(after)}.`;
