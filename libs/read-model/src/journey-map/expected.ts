import { type CustomerJourney, dateOfDay, type DayOf, proportion } from '#insight';
import type { JourneyMap } from '#journey';
import type { ExpectationFigures, MissedAnswer } from './answer.js';
import { needs, typesIn } from './missing.js';

type Journeys = ReadonlyMap<string, CustomerJourney>;

/** Each touch of each stage and each moment of a map: how often it was met and missed. */
export function expectationFigures({ stages, moments }: JourneyMap, journeys: Journeys): ExpectationFigures[] {
  const all = [...journeys.values()].flatMap(({ expectations }) => expectations);
  const enterOf = (wanted: string | undefined) => typesIn(stages.find(({ stage }) => stage === wanted)?.enter ?? []);
  const declared = [
    ...stages.flatMap(({ stage, touches = [], enter }) => touches.map(({ touch, label }) => ({ kind: 'touch' as const, id: touch, label, stage, begins: typesIn(enter) }))),
    ...moments.map(({ moment, label, stage, begins }) => ({ kind: 'moment' as const, id: moment, label, stage: stage ?? null, begins: begins ? typesIn(begins) : enterOf(stage) })),
  ];
  return declared.map(({ begins, ...each }) => {
    const own = all.filter(({ kind, id, stage }) => kind === each.kind && id === each.id && stage === each.stage);
    const count = (wanted: string) => own.filter(({ state }) => state === wanted).length;
    const [met, missed] = [count('met'), count('missed')];
    return { ...each, met, missed, waiting: count('waiting'), notDue: count('not-due'), rate: proportion(met, met + missed), missing: own.length > 0 ? null : needs(begins) };
  });
}

/** What was missed, latest first; moments before touches of the same day. */
export function missedIn(journeys: Journeys, dayOf: DayOf): (Omit<MissedAnswer, 'name' | 'arr'>)[] {
  return [...journeys].flatMap(([customer, { expectations }]) => expectations.filter(({ state }) => state === 'missed').map(({ kind, id, label, stage, dueOn, begun, by }) => (
    { customer, kind, id, label, stage, dueOn: dateOfDay(dueOn), lateOn: by && dateOfDay(dayOf(by.at)), events: [begun, ...(by ? [by] : [])] })))
    .sort((a, b) => (a.dueOn === b.dueOn ? order(a.kind, b.kind) || order(a.customer, b.customer) : order(b.dueOn, a.dueOn)));
}

const order = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
