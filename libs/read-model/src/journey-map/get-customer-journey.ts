import { Query } from '@nestjs/cqrs';
import { type CustomerJourney, dateOfDay, type Expectation, type FactRef, type JourneyStanding, visitNow } from '#insight';
import type { JourneyMapVersion, Position } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { heldParts } from '../health/held.js';
import { read, type ReadModelOptions } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { factsOf, travelledBy } from './load.js';
import { needs, typesIn } from './missing.js';
import { type JourneyMoment, pinned, told } from './moment.js';

export interface CustomerJourneyAnswer {
  readonly customer: string;
  readonly askedAs: string | null;
  readonly name: string | null;
  readonly today: Calendar['today'];
  readonly asOf: string;
  readonly knownAt: string | null;
  readonly position: Position;
  readonly held: boolean;
  readonly map: Pick<JourneyMapVersion, 'version' | 'decided'>;
  readonly arr: JourneyStanding['arr'];
  /** Where the customer is now and since when; null: in no stage. */
  readonly now: { readonly stage: string; readonly label: string; readonly since: string; readonly days: number } | null;
  /** Dates on the tenant's calendar; `left` is null while it goes on. The facts with which it began and ended. */
  readonly visits: readonly { readonly stage: string; readonly label: string; readonly entered: string; readonly left: string | null; readonly days: number; readonly to: string | null; readonly events: readonly FactRef[] }[];
  readonly expectations: readonly (Omit<Expectation, 'begun' | 'by' | 'dueOn'> & { readonly begun: FactRef; readonly dueOn: string; readonly by: FactRef | null })[];
  readonly decision: CustomerJourney['decision'];
  readonly ended: CustomerJourney['ended'];
  readonly missing: string | null;
}

export class GetCustomerJourney extends Query<CustomerJourneyAnswer> {
  constructor(readonly options: JourneyMoment & { readonly customer: string }) {
    super();
  }
}

const NOTHING: CustomerJourney = { visits: [], expectations: [], starts: new Map(), values: [], decision: null, ended: null };

/** One customer's way, folded from the log. @throws QueryRefused where nobody is known by the id */
export async function getCustomerJourney(model: ReadModelOptions, options: GetCustomerJourney['options']): Promise<CustomerJourneyAnswer> {
  const { tenant, customer } = options;
  const toldUntil = await told(model, options);
  return read(model.reader, tenant, async (sql) => {
    const { customer: row, held, profile } = await customerRow(sql, tenant, customer);
    const pin = await pinned(sql, options, model.now(), toldUntil);
    const { map: { map, version, decided }, calendar } = pin;
    const together = await togetherOf(sql, tenant, customer, pin.known);
    const { travelled, counted, bad } = travelledBy(await storyOf(sql, tenant, together, factsOf(map)), pin);
    const { heldBy: _, ...where } = await heldParts(sql, tenant, { root: row, held, events: counted, bad });
    const { visits, expectations, decision, ended } = travelled?.journey ?? NOTHING;
    const labelOf = (wanted: string) => map.stages.find(({ stage }) => stage === wanted)!.label;
    const now = visitNow(travelled?.journey ?? NOTHING);
    return {
      customer: together.root, askedAs: together.askedAs, name: profile.name, today: calendar.today, asOf: pin.until, knownAt: pin.known ?? null, ...where, map: { version, decided }, arr: travelled?.standing.arr ?? [],
      now: now ? { stage: now.stage, label: labelOf(now.stage), since: dateOfDay(now.enteredOn), days: now.days } : null,
      visits: visits.map(({ stage, entered, enteredOn, left, until, to, days }) => ({ stage, label: labelOf(stage), entered: dateOfDay(enteredOn), left: left && dateOfDay(until), days, to, events: left ? [entered, left] : [entered] })),
      expectations: expectations.map((each) => ({ ...each, dueOn: dateOfDay(each.dueOn) })), decision, ended,
      missing: visits.length > 0 ? null : needs([...new Set(map.stages.flatMap(({ enter }) => typesIn(enter)))]),
    };
  });
}
