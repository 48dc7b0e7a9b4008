import { cardsIn } from '../cards/cards.js';
import type { Steps } from '../churn/models/steps.js';
import { dateOfDay } from '../day.js';
import type { Band } from '../score/band.js';
import { median } from '../signals/signal.js';
import { type AlarmsByMonth, WITHIN } from './alarms.js';
import { both, type Both } from './both-ways.js';
import type { Churn, Warned } from './churns.js';
import { findingOf } from './finding.js';
import type { Mover } from './movers.js';
import { type Ranking, rankingOf } from './ranking.js';
import type { SimulationOptions, Tally } from './tally.js';

type Counts = Readonly<Record<Band, number>>;

/** How early departures were warned of. */
export interface Leads {
  /** Of how many of all. */
  readonly warned: number;
  /** Days before the notice; of those warned of, and of all, where one not warned of counts as 0. Null of none. */
  readonly median: number | null;
  readonly medianOfAll: number | null;
}

export interface AlarmMonths {
  readonly right: number;
  readonly wrong: number;
  /** Not 90 days ago. */
  readonly open: number;
  /** False alarms in 30 days, over the days of which all can be told; null where there is none. */
  readonly wrongIn30Days: number | null;
  readonly months: readonly { readonly month: string; readonly right: number; readonly wrong: number; readonly open: number }[];
}

/** What a draft would have said of every customer on every day, beside the published cards. JSON; the same facts and cards give the same to the last byte. */
export interface Simulation {
  /** Every card that may score somebody, `first-scorecard@1`. */
  readonly cards: Both<readonly string[]>;
  /** Dates. */
  readonly from: string;
  readonly to: string;
  readonly knownUntil: string;
  readonly customers: number;
  /** What was found, in a sentence. */
  readonly say: string;
  /** Of those who are customers on the last day. */
  readonly turns: readonly { readonly from: Band; readonly to: Band; readonly customers: number }[];
  readonly months: readonly (Both<Counts> & { readonly on: string })[];
  /** In points. */
  readonly movers: readonly Mover[];
  readonly churns: readonly (Both<Warned> & { readonly customer: string; readonly name: string | null; readonly on: string; readonly cause: Churn['cause'] })[];
  readonly leads: Both<Readonly<Record<keyof Warned, Leads>>>;
  readonly alarms: Both<AlarmMonths>;
  readonly ranking: Ranking & { readonly unscored: number };
}

const BANDS: readonly Band[] = ['healthy', 'watch', 'at-risk', 'unknown'];

/** From what was counted of all customers. */
export function* simulationOf(tally: Tally, options: SimulationOptions): Steps<Simulation> {
  const { from, to, knownUntil, cards } = options;
  const ranking = yield* rankingOf(tally.rows);
  const found = {
    turns: BANDS.flatMap((was) => BANDS.map((is) => ({ from: was, to: is, customers: tally.turns[`${was}>${is}`] ?? 0 })).filter(({ customers }) => customers > 0)),
    months: Object.entries(tally.bands).map(([day, counts]) => ({ on: dateOfDay(Number(day)), ...both(counts, ordered) })),
    movers: tally.movers.map(inPoints), churns: tally.churns.map(({ customer, name, day, ...rest }) => ({ customer, name, on: dateOfDay(day), ...rest })),
    leads: both({ published: tally.churns.map(({ published }) => published), draft: tally.churns.map(({ draft }) => draft) }, (warned) => ({ atRisk: leadsOf(warned, 'atRisk'), watch: leadsOf(warned, 'watch') })),
    alarms: both(tally.alarms, (own) => alarmMonths(own, options)), ranking: { ...ranking, unscored: tally.unscored },
  };
  return {
    cards: both(cards, (set) => cardsIn(set).map(({ id, version }) => `${id}@${version}`)), from: dateOfDay(from), to: dateOfDay(to), knownUntil: dateOfDay(knownUntil),
    customers: tally.customers, say: findingOf(found), ...found,
  };
}

/** A mover is counted in hundredths, and told in points like all that people read. */
const inPoints = (mover: Mover): Mover => ({
  ...mover, ...both(mover, ({ score, band }) => ({ score: score / 100, band })), points: mover.points / 100, measures: mover.measures.map((one) => ({ ...one, points: one.points / 100 })),
});

const ordered = (counts: Counts): Counts => ({ 'healthy': counts.healthy, 'watch': counts.watch, 'at-risk': counts['at-risk'], 'unknown': counts.unknown });

function leadsOf(churns: readonly Warned[], kind: keyof Warned): Leads {
  const all = churns.map((churn) => churn[kind].days);
  const warned = all.filter((days) => days !== null);
  return { warned: warned.length, median: warned.length ? median(warned) : null, medianOfAll: all.length ? median(all.map((days) => days ?? 0)) : null };
}

/** The first day has none before it to come from. */
function alarmMonths(byMonth: AlarmsByMonth, { from, to, knownUntil }: SimulationOptions): AlarmMonths {
  const names = new Set<string>();
  for (let day = from + 1; day <= to; day++) names.add(dateOfDay(day).slice(0, 7));
  const months = [...names].map((month) => ({ month, ...(byMonth[month] ?? { right: 0, wrong: 0, open: 0 }) }));
  const sum = (name: 'right' | 'wrong' | 'open') => months.reduce((total, month) => total + month[name], 0);
  const days = Math.min(to, knownUntil - WITHIN) - from;
  return { right: sum('right'), wrong: sum('wrong'), open: sum('open'), wrongIn30Days: days > 0 ? (30 * sum('wrong')) / days : null, months };
}
