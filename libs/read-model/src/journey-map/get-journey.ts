import { Query } from '@nestjs/cqrs';
import { dateOfDay, type FactRef, type JourneyGrouping, momentsAndRenewal, type Path, pathsOf, proportion, type JourneyStanding, stagesOf, stuckIn, transitionsOf, visitNow } from '#insight';
import { rounded } from '../experience/measures.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import type { JourneyAnswer, StageAnswer } from './answer.js';
import { expectationFigures, missedIn } from './expected.js';
import { explainJourney, type JourneyFigure, journeysIn } from './explain.js';
import { groupsAnswer, trendAnswer } from './groups-answer.js';
import { assertKey } from './known-keys.js';
import { type AllJourneys, loadJourneys } from './load.js';
import { METHODS } from './methods.js';
import { needs, typesIn } from './missing.js';
import { type JourneyMoment, type Pinned, pinned, told } from './moment.js';
import { timeToValue } from './value-answer.js';

export interface GetJourneyOptions extends JourneyMoment {
  /** The start of the time to value, one of the map's; the first one when left out. */
  readonly start?: string | undefined;
  /** Names customers and facts behind one figure; `key` says of what. */
  readonly explain?: JourneyFigure | undefined;
  readonly key?: string | undefined;
  /** Tells customers apart by this. */
  readonly by?: JourneyGrouping | undefined;
  /** At most so many in each list; 20 when left out. */
  readonly limit?: number | undefined;
}

export class GetJourney extends Query<JourneyAnswer> {
  constructor(readonly options: GetJourneyOptions) {
    super();
  }
}

const RENEWED = ['renewal.decided', 'renewal.renewed', 'renewal.lapsed', 'subscription.cancellation-requested'];

/** Where all customers are on their journey, how long it takes, and what is missed. @throws QueryRefused naming the parameter */
export async function getJourney(model: ReadModelOptions, options: GetJourneyOptions): Promise<JourneyAnswer> {
  const { tenant, explain, key, by, limit = 20 } = options;
  const toldUntil = await told(model, options);
  return read(model.reader, tenant, async (sql) => {
    const pin = await pinned(sql, options, model.now(), toldUntil);
    const start = startOf(pin, options.start);
    assertKey(pin.map.map, { explain, key, by });
    const all = await loadJourneys(sql, tenant, pin, start);
    return rounded({ ...journeyAnswer(all, pin, { start, limit, by }), explained: explain === undefined ? null : explainJourney(all.of, all.names, { figure: explain, key, start, pin, by }) });
  });
}

function startOf({ map: { map: { timeToValue: { starts } } } }: Pinned, asked: string | undefined): string {
  const known = starts.map(({ start }) => start);
  if (asked !== undefined && !known.includes(asked)) throw new QueryRefused('invalid-parameter', `start must be one of ${known.join(', ')}.`, 'start');
  return asked ?? known[0]!;
}

function journeyAnswer(all: AllJourneys, pin: Pinned, { start, limit, by }: { start: string; limit: number; by: JourneyGrouping | undefined }): Omit<JourneyAnswer, 'explained'> {
  const { of, names, customers, held, position } = all;
  const { calendar, until, known, map: { map, version, decided } } = pin;
  const journeys = journeysIn(of);
  const who = (customer: string) => ({ customer, name: names.get(customer) ?? null, arr: of.get(customer)!.standing.arr });
  const stages = stagesOf(map, journeys);
  const stuck = stuckIn(stages, journeys);
  const stalled = [...of].flatMap(([customer, { standing }]) => standing.stalled.map((each) => ({ ...who(customer), since: dateOfDay(each.since), said: each.said, events: each.facts }))).sort((a, b) => (a.since < b.since ? -1 : 1));
  const missed = missedIn(journeys, calendar.dayOf).map(({ customer, ...each }) => ({ ...who(customer), ...each }));
  const decisions = [...journeys.values()].flatMap(({ decision }) => decision ?? []);
  const paths = pathsOf(journeys);
  const value = timeToValue(map, journeys, { start, until, dayOf: calendar.dayOf });
  const begins = typesIn(map.timeToValue.starts.find((each) => each.start === start)!.on);
  const hasDeployments = [...of.values()].some(({ standing }) => standing.deployments > 0);
  return {
    today: calendar.today, asOf: until, knownAt: known ?? null, position, map: { version, decided },
    customers: { n: customers, seen: of.size, inStage: [...journeys.values()].filter((journey) => visitNow(journey)).length, held },
    stages: stages.map(({ now, ...stage }, place): StageAnswer => {
      const isMeasured = stage.visits > 0;
      return {
        ...stage, dwell: isMeasured ? stage.dwell : null, customers: isMeasured ? now.length : null, arr: sumOf(now.map((customer) => of.get(customer)!.standing.arr)),
        stuck: isMeasured && stage.limit ? stuck.filter(({ visit }) => visit.stage === stage.stage).length : null, missing: isMeasured ? null : needs(typesIn(map.stages[place]!.enter)),
      };
    }),
    transitions: transitionsOf(map, journeys),
    stuck: listed(stuck.map(({ customer, visit: { stage, enteredOn, days, entered }, limit: over }) => ({ ...who(customer), stage, since: dateOfDay(enteredOn), days, limit: over, events: [entered] as readonly FactRef[] })), limit),
    stalled: { ...listed(stalled, limit), missing: hasDeployments ? null : needs(['deployment.started', 'deployment.stalled', 'deployment.went-live']) },
    expectations: expectationFigures(map, journeys), missed: listed(missed, limit),
    timeToValue: value, trend: trendAnswer(of, pin, { start, missing: value.missing }), groups: by === undefined ? null : groupsAnswer(of, pin, { by, start, limit, begins, sumOf }),
    renewals: {
      n: decisions.length, renewed: proportion(decisions.filter(({ renewed }) => renewed).length, decisions.length), missing: decisions.length > 0 ? null : needs(RENEWED),
      moments: momentsAndRenewal(map, journeys, calendar.dayOf).map(({ met, missed: without, ...moment }) => ({ ...moment, met: { renewed: met.renewed, rate: met.rate }, missed: { renewed: without.renewed, rate: without.rate } })),
    },
    paths: { churned: waysOf(paths.churned, limit), renewed: waysOf(paths.renewed, limit) },
    methods: METHODS,
  };
}

const listed = <Item>(items: readonly Item[], limit: number) => ({ n: items.length, items: items.slice(0, limit) });

/** `n`: customers, not sequences. */
function waysOf(paths: readonly Path[], limit: number) {
  const n = paths.reduce((sum, { customers }) => sum + customers.length, 0);
  return { n, items: paths.slice(0, limit).map(({ stages, customers }) => ({ stages, n: customers.length, share: customers.length / n })) };
}

function sumOf(amounts: readonly JourneyStanding['arr'][]): JourneyStanding['arr'] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts.flat()) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
