import type { View } from '../../view.js';
import { percentWords, sentence } from '../../words.js';
import type { Feature } from '../history/feature.js';
import type { Features } from '../history/features.js';
import type { HorizonModel } from '../model/churn-model.js';
import { valuesOf } from '../model/columns.js';
import { logOddsOf, partsOf } from '../models/parts.js';
import { plattLogOdds } from '../models/calibration.js';
import { logit, sigmoid } from '../models/table.js';
import { chanceOf } from './chance-of.js';

/** What one feature adds to the log-odds of leaving, calibrated, against the average customer of the history that the model was learnt from (of the prior: against one of whom all is well). */
export interface Driver {
  readonly feature: string;
  readonly label: string;
  readonly group: string;
  readonly logOdds: number;
  /** Position numbers of the events that set it, ascending. */
  readonly refs: readonly number[];
  /** False where nothing is known of it. */
  readonly known: boolean;
  /** The chance, had it been well; null where it could not have been otherwise, or that would not have lowered it. */
  readonly otherwise: number | null;
  /** Words that can stand after that chance: "had usage stayed at its usual level"; null where it is null. */
  readonly had: string | null;
  readonly say: string;
}

/** The numbers of one customer as models see them, with where they come from. */
export interface Looked {
  readonly features: Features;
  readonly values: readonly number[];
  readonly words: readonly string[];
  readonly about: ReadonlyMap<string, { readonly refs: readonly number[]; readonly what: string; readonly known: boolean }>;
}

export function look(features: Features, view: View): Looked {
  const about = new Map<string, { refs: readonly number[]; what: string; known: boolean }>();
  const values = features.numbers.map((feature) => {
    const reading = feature.read(view);
    about.set(feature.id, 'missing' in reading ? { refs: [], what: reading.missing, known: false } : { refs: reading.refs, what: reading.what(), known: true });
    return 'missing' in reading ? NaN : reading.x;
  });
  const words = features.categories.flatMap(({ id, label, read }) => {
    const found = read(view);
    about.set(id, { refs: found.map(({ ref }) => ref).sort((a, b) => a - b), what: found.length ? `${label.toLowerCase()} ${found.map(({ value }) => value).join(', ')}` : `no ${label.toLowerCase()} is known`, known: found.length > 0 });
    return found.map(({ value }) => `${id}=${value}`);
  });
  return { features, values, words, about };
}

const LEAST = 0.005;

/** What makes the risk of one horizon: `base`, the drivers and `calibration` sum to the log-odds of `risk`, which is that of the model where it was not bent to those of other horizons. */
export function driversOf(horizon: HorizonModel, looked: Looked, risk: number): { readonly base: number; readonly drivers: readonly Driver[]; readonly calibration: number; readonly logOdds: number } {
  const { features, about } = looked;
  const { columns } = horizon;
  const seen = valuesOf(features, columns, looked);
  const parts = partsOf(horizon.model, seen);
  const { slope } = horizon.calibration;
  const own = sigmoid(plattLogOdds(horizon.calibration, logOddsOf(horizon.model, seen)));
  const leading = (id: string) => features.leadingOf(id);
  const drivers = [...new Set(columns.map(({ feature }) => leading(feature)))].map((id): Driver => {
    const feature = features.featureOf(id);
    const known = about.get(id)!;
    const added = slope * columns.reduce((sum, column, place) => (leading(column.feature) === id ? sum + parts[place]! : sum), 0);
    const otherwise = known.known ? chanceIfWell(horizon, looked, feature) : null;
    const better = otherwise !== null && own - otherwise >= LEAST ? Math.min(risk, otherwise) : null;
    return {
      feature: id, label: feature.label, group: feature.group, logOdds: added, refs: known.refs, known: known.known, otherwise: better, had: better === null ? null : (feature as Feature).well!.had,
      say: better !== null ? sentence(`${known.what}: risk ${percentWords(risk)}; ${percentWords(better)} ${(feature as Feature).well!.had}`) : sentence(`${known.known ? known.what : `${feature.label}: unknown, because ${known.what}`}: ${timesWords(added, usualOf(horizon), otherwise === null ? 0 : Math.sign(own - otherwise))}`),
    };
  });
  const base = horizon.model.intercept;
  const logOdds = logit(risk);
  const calibration = logOdds - drivers.reduce((sum, driver) => sum + driver.logOdds, base);
  return { base, calibration, logOdds, drivers: drivers.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds) || (a.feature < b.feature ? -1 : 1)) };
}

function chanceIfWell(horizon: HorizonModel, { features, values, words }: Looked, feature: object): number | null {
  const { id, well } = feature as Feature;
  if (!well) return null;
  return chanceOf(horizon, valuesOf(features, horizon.columns, { values: values.with(features.placeOf(id), well.x), words }));
}

/** With whom the model compares: nobody has left yet of whom the prior could know an average. */
const usualOf = ({ departures }: HorizonModel): string => (departures === 0 ? 'a customer of whom all is well' : 'an average customer');

/** `worse`: 1 where it being well would lower the risk, -1 where that would raise it, 0 where neither can be said. */
function timesWords(logOdds: number, usual: string, worse: number): string {
  const times = Math.round(100 * Math.exp(logOdds)) / 100;
  if (times > 0.95 && times < 1.05) return 'hardly changes the risk';
  const odds = `${times} times the odds of leaving of ${usual}`;
  if (worse < 0) return `in this history who had it left ${logOdds < 0 ? 'less' : 'more'} often, ${odds}`;
  return worse > 0 && logOdds < 0 ? `better than with ${usual}, ${times} times its odds of leaving` : odds;
}
