import type { FactSheet } from '../../fact-sheet.js';
import { profileOf } from '../../profile.js';
import type { Money } from '../../sheet/fact.js';
import { type View, viewOf } from '../../view.js';
import { contractOf } from '../history/contract.js';
import { type Features, featuresFor } from '../history/features.js';
import { type Horizon, HORIZONS } from '../history/horizon.js';
import { type CustomerSpell, type Standing, standingOf } from '../history/leaving.js';
import { GRACE } from '../history/spells.js';
import type { ChurnModel, HorizonModel } from '../model/churn-model.js';
import { valuesOf } from '../model/columns.js';
import { amountsAtRisk, chanceAfterNotice, HEADLINE } from './at-risk.js';
import { type Confidence, confidenceOf } from './confidence.js';
import { chanceOf, seenBy } from './chance-of.js';
import { type Driver, driversOf, look } from './drivers.js';
import { intervalOf } from './interval.js';
import { type Survival, survivalOf } from './survival.js';

export interface Chance {
  readonly horizon: Horizon;
  /** The last day of the horizon, which begins after the gap that the model was learnt with; the renewal's ends 30 days after the renewal date. */
  readonly until: number;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
}

/** The risk that a customer leaves, from a model, a sheet and a day alone. */
export interface ChurnRisk {
  readonly standing: Standing;
  /** Who has given notice, or has left: when and by which fact. */
  readonly spell: CustomerSpell | null;
  /** Empty for who is no customer, or has left. */
  readonly chances: readonly Chance[];
  readonly survival: readonly Survival[];
  /** Of one horizon: base + drivers + calibration = log-odds. Null where no model speaks: for who has given notice, or is no customer. */
  readonly explained: { readonly horizon: Horizon; readonly base: number; readonly drivers: readonly Driver[]; readonly calibration: number; readonly logOdds: number } | null;
  /** Yearly amount times the chance of the explained horizon, per currency, in minor units. */
  readonly atRisk: readonly Money[];
  readonly confidence: Confidence;
}

export function riskAt(model: ChurnModel, sheet: FactSheet, day: number, horizon: Horizon = HEADLINE): ChurnRisk {
  const { standing, spell } = standingOf(sheet, day);
  const view = viewOf(sheet, day);
  const looked = look(featuresFor(model.horizons.map((one) => one.horizon)), view);
  const confidence = confidenceOf(model, looked);
  if (standing !== 'running') {
    const chances = standing === 'notice' ? chancesAfterNotice(model, day) : [];
    return { standing, spell, chances, survival: standing === 'notice' ? untilEffect(day, spell!, chances) : [], explained: null, atRisk: amountsAtRisk(profileOf(sheet, day).arr, chanceOfHorizon(chances, horizon)), confidence };
  }
  const chances = chancesOf(model, view, looked, (one, seen, probability) => intervalOf(one, seen, Math.log(probability / (1 - probability)), binsOf(model, one)));
  const asked = model.horizons.find((one) => one.horizon === horizon && chances.some((chance) => chance.horizon === horizon));
  return {
    standing, spell, chances, survival: survivalOf(day, chances), confidence, atRisk: amountsAtRisk(profileOf(sheet, day).arr, chanceOfHorizon(chances, horizon)),
    explained: asked ? { horizon, ...driversOf(asked, looked, chances.find((chance) => chance.horizon === horizon)!.probability) } : null,
  };
}

/** The chances of `riskAt` alone: no intervals, and nothing of what explains them, which is most of the work. */
export function chancesAt(model: ChurnModel, sheet: FactSheet, day: number): readonly Omit<Chance, 'low' | 'high'>[] {
  const { standing } = standingOf(sheet, day);
  if (standing !== 'running') return standing === 'notice' ? chancesAfterNotice(model, day) : [];
  const view = viewOf(sheet, day);
  return chancesOf(model, view, seenBy(model, view), () => ANY);
}

const ANY = { low: 0, high: 1 };

/** Of a running customer. */
function chancesOf(model: ChurnModel, view: View, looked: Parameters<typeof valuesOf>[2] & { readonly features: Features }, spread: (one: HorizonModel, seen: Float64Array, probability: number) => Pick<Chance, 'low' | 'high'>): Chance[] {
  return neverFalling(model.horizons.flatMap((one): Chance[] => {
    const until = untilOf(one.horizon, view, model.window?.gapDays);
    if (until === null) return [];
    const seen = valuesOf(looked.features, one.columns, looked);
    const probability = chanceOf(one, seen);
    return [{ horizon: one.horizon, until, probability, ...spread(one, seen, probability) }];
  }));
}

/**
 * Each horizon has a model of its own; what they say together must not fall with time. The headline's chance stays as it is, earlier ones are at most and later ones at least as high,
 * and the renewal's lies between those around it.
 */
function neverFalling(chances: readonly Chance[]): Chance[] {
  const headline = chances.find(({ horizon }) => horizon === HEADLINE)?.probability;
  const firm = chances.filter(({ horizon }) => horizon !== 'renewal').sort((a, b) => a.until - b.until)
    .map((one) => (headline === undefined ? one : bent(one, Number(one.horizon) < HEADLINE ? [0, headline] : [headline, 1])));
  const around = ({ until }: Chance): [number, number] => [firm.findLast((one) => one.until <= until)?.probability ?? 0, firm.find((one) => one.until >= until)?.probability ?? 1];
  return [...firm, ...chances.filter(({ horizon }) => horizon === 'renewal').map((one) => bent(one, around(one)))];
}

function bent(one: Chance, [least, most]: [least: number, most: number]): Chance {
  const probability = Math.max(least, Math.min(most, one.probability));
  return { ...one, probability, low: Math.min(one.low, probability), high: Math.max(one.high, probability) };
}

const binsOf = (model: ChurnModel, { horizon }: HorizonModel) => model.proof?.horizons.find((one) => one.horizon === horizon)?.calibration;

function untilOf(horizon: Horizon, view: View, gapDays = 0): number | null {
  if (horizon !== 'renewal') return view.day + gapDays + horizon;
  const next = contractOf(view)?.next;
  return next ? view.day + gapDays + Math.max(0, next.days) + GRACE : null;
}

/** There is no renewal any more. */
function chancesAfterNotice(model: ChurnModel, day: number): Chance[] {
  const probability = chanceAfterNotice(model);
  return HORIZONS.flatMap((horizon) => (horizon === 'renewal' ? [] : [{ horizon, until: day + horizon, probability, low: probability, high: probability }]));
}

/** Nobody has left before the notice takes effect, and whoever does not withdraw it has then. */
function untilEffect(day: number, { effect }: CustomerSpell, chances: readonly Chance[]): Survival[] {
  const stays = 1 - chances[0]!.probability;
  return effect ? [{ day, stays: 1 }, ...(effect.day - 1 > day ? [{ day: effect.day - 1, stays: 1 }] : []), { day: effect.day, stays }] : [];
}

const chanceOfHorizon = (chances: readonly Chance[], horizon: Horizon): number => chances.find((one) => one.horizon === horizon)?.probability ?? 0;
