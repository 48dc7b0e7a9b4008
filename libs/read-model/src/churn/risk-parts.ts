import { type ChurnModel, dateOfDay } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { type Evidence, evidenceOf } from '../health/health-answer.js';
import type { ChurnRiskAnswer, HorizonName, SaidOn } from './churn-risk-answer.js';
import { comparableTo } from './comparable.js';
import { chance, roundedParts } from './log-odds-parts.js';
import { horizonOf, type RiskOf } from './risk-of.js';
import { sayAcquisition, sayRisk } from './risk-words.js';

const MOST_EVENTS = 25;

type Parts = Omit<ChurnRiskAnswer, 'customer' | 'askedAs' | 'name' | 'asOf' | 'knownAt' | 'today' | 'position' | 'held' | 'heldBy' | 'knowledge' | 'model' | 'heldOut'>;

/** What an answer says of a risk: rounded once, days as dates, and the events themselves in the place of their position numbers. */
export function riskParts({ risk, payback, buyer, alike, day }: RiskOf, { model, horizon: name, events, names }: { model: ChurnModel; horizon: HorizonName; events: readonly JourneyEvent[]; names: ReadonlyMap<string, string | null> }): Parts {
  const horizon = horizonOf(name);
  const byNumber = new Map(events.map((event) => [parsePosition(event.position).n, event]));
  const evidence = (refs: readonly number[]): Evidence[] => refs.flatMap((n) => evidenceOf(byNumber.get(n)));
  const said = (one: { day: number; n: number } | null | undefined): SaidOn | null => (one ? { on: dateOfDay(one.day), event: evidence([one.n])[0] ?? null } : null);
  const { standing, spell, explained } = risk;
  const probability = risk.chances.find((one) => one.horizon === horizon)?.probability ?? null;
  return {
    standing, since: spell && dateOfDay(spell.from), decision: said(spell?.decision), notice: said(spell?.notice), effect: said(spell?.effect), cause: spell?.cause ?? null,
    horizon: name, probability: probability === null ? null : chance(probability), say: sayRisk(risk, horizon, day),
    chances: risk.chances.map((one) => ({ horizon: String(one.horizon) as HorizonName, until: dateOfDay(one.until), probability: chance(one.probability), low: chance(one.low), high: chance(one.high) })),
    survival: risk.survival.map(({ day: at, stays }) => ({ date: dateOfDay(at), stays: chance(stays) })),
    explained: explained && explainedParts(explained, evidence),
    arrAtRisk: risk.atRisk,
    acquisition: payback.map(({ refs, ...each }) => {
      const atRisk = Math.round(each.unrecovered * (probability ?? 0));
      return { ...each, atRisk, say: sayAcquisition({ ...each, refs }, atRisk), events: evidence(refs.slice(-MOST_EVENTS)) };
    }),
    confidence: risk.confidence, buyer: buyer && buyerParts(buyer, evidence), alike: explained ? alike.map((one) => ({ ...one, name: names.get(one.customer) ?? null })) : [],
    comparable: explained && probability !== null ? comparableTo(model, horizon, probability) : null,
  };
}

function buyerParts({ firstDay, lastDay, alive, expected, refs, ...rest }: NonNullable<RiskOf['buyer']>, evidence: (refs: readonly number[]) => Evidence[]): NonNullable<ChurnRiskAnswer['buyer']> {
  return {
    ...rest, firstOn: dateOfDay(firstDay), lastOn: dateOfDay(lastDay), alive: alive === null ? null : chance(alive),
    expected: expected && expected.map(({ days, purchases }) => ({ days, purchases: chance(purchases) })), events: evidence(refs.slice(-MOST_EVENTS)),
  };
}

function explainedParts(explained: NonNullable<RiskOf['risk']['explained']>, evidence: (refs: readonly number[]) => Evidence[]): NonNullable<ChurnRiskAnswer['explained']> {
  const { base, drivers, calibration, logOdds } = roundedParts(explained);
  return {
    base, calibration, logOdds,
    drivers: explained.drivers.map(({ refs, had: _, otherwise, ...driver }, place) => ({ ...driver, logOdds: drivers[place]!, otherwise: otherwise === null ? null : chance(otherwise), events: evidence(refs) })),
  };
}
