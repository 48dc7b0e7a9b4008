import { ChurnRows, dateOfDay, dayOfDate, experimentSize, type ExperimentSize, isHeldOut, monthlyRows, type Uplift, upliftOf } from '#insight';
import { readStreamsRows, readTold, type Sql, streamsIn } from '#event-store';
import type { DataFor, JourneyEvent } from '#journey';
import { QueryRefused, read, type Reading } from '../reading.js';
import { calendarOf, endOfDay } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import { fillRows } from './gather-rows.js';
import { type Stand, tenantStories } from '../whole-history/stories.js';

const EXPERIMENTS = 'experiment';

type Started = DataFor<'experiment.started'>;

export interface Experiment extends Started {
  readonly startedAt: string;
  /** Null while it runs. */
  readonly endedOn: string | null;
}

/** What an experiment would take, from what the tenant's own past shows. */
export interface ExperimentPlan {
  /** Customers who would take part. */
  readonly accounts: number;
  /** Share that leaves in a month, over the last year: so many of so many months of customers. */
  readonly monthlyRate: number;
  readonly left: number;
  readonly looks: number;
  /** Null where nothing could ever be shown. */
  readonly size: ExperimentSize | null;
}

export interface PlanOptions {
  readonly tenant: string;
  readonly segment?: string;
  readonly share: number;
  readonly effect: number;
}

const MONTH = 30;
const YEAR = 366;

/** How many customers and months would show the effect. */
export async function planExperiment(reading: Reading, { tenant, segment, share, effect }: PlanOptions, signal: AbortSignal): Promise<ExperimentPlan> {
  const { stand, last, dayOf } = await standOf(reading, tenant);
  // The last month end is looked at for who takes part, too; who leaves within a month of it is not known yet.
  const rows = new ChurnRows({ ...monthlyRows({ from: last - YEAR - MONTH, to: last, gapDays: 0, knownUntil: last + MONTH, dayOf }), horizons: [MONTH] });
  const now = rows.options.origins.at(-1);
  const filling = fillRows(reading, stand, rows, signal);
  while (!(await filling.next()).done) signal.throwIfAborted();
  let [accounts, left, looks] = [0, 0, 0];
  for (let row = 0; row < rows.size; row++) {
    if (segment !== undefined && !rows.words[row]!.includes(`segment=${segment}`)) continue;
    if (rows.days.at(row) === now) accounts += 1;
    const label = rows.labels[0]!.at(row, last);
    if (Number.isNaN(label)) continue;
    looks += 1;
    left += label;
  }
  const monthlyRate = looks === 0 ? 0 : left / looks;
  return { accounts, monthlyRate, left, looks, size: experimentSize({ monthlyRate, effect, heldOut: share, customers: accounts }) };
}

/** Whether it helped, by who was to be treated and who was held out, whatever was done: so nobody chooses who counts. */
export interface ExperimentReport extends Experiment {
  readonly until: string;
  readonly treated: GroupReport;
  readonly heldOut: GroupReport;
  /** Null while one of both is empty. */
  readonly uplift: Uplift | null;
  /** The first of those who are held out, and have not left. */
  readonly holdOut: readonly string[];
}

interface GroupReport {
  readonly customers: number;
  readonly left: number;
  /** Of whom an intervention of this experiment was recorded, or who were called from the list of today; of the held out, against the plan. */
  readonly reached: number;
}

const LISTED = 1_000;

const isReach = ({ type, data }: JourneyEvent, experiment: string): boolean => (
  type === 'customer.intervention-recorded' ? data['experiment'] === experiment : type === 'task.done' && data['list'] === 'today' && data['outcome'] !== 'no-answer');

export async function reportExperiment(reading: Reading, { tenant, id }: { readonly tenant: string; readonly id: string }, signal: AbortSignal): Promise<ExperimentReport> {
  const experiment = (await listExperiments(reading, tenant)).find((one) => one.experiment === id);
  if (!experiment) throw new QueryRefused('experiment-unknown', 'No experiment has this id.');
  const { stand, last, dayOf } = await standOf(reading, tenant);
  const on = dayOfDate(experiment.on);
  const until = Math.max(on, Math.min(last, experiment.endedOn === null ? Infinity : dayOfDate(experiment.endedOn)));
  const groups = { treated: { customers: 0, left: 0, reached: 0 }, heldOut: { customers: 0, left: 0, reached: 0 } };
  const holdOut: string[] = [];
  const breathe = breather(signal);
  const rows = new ChurnRows({ origins: [on], horizons: [until - on], gapDays: 0, knownUntil: until, dayOf, leastDays: 0 });
  for await (const { customer, cluster, events } of tenantStories(reading.reader, stand)) {
    await breathe();
    const row = rows.size;
    try {
      rows.add(customer, cluster, events);
    } catch {
      continue;
    }
    const label = rows.size === row ? NaN : rows.labels[0]!.at(row, until);
    if (Number.isNaN(label) || (experiment.segment !== undefined && !rows.words[row]!.includes(`segment=${experiment.segment}`))) continue;
    const isOut = isHeldOut(customer, experiment);
    const group = groups[isOut ? 'heldOut' : 'treated'];
    group.customers += 1;
    group.left += label;
    if (events.some((event) => isReach(event, id) && dayOf(event.occurredAt) >= on)) group.reached += 1;
    if (isOut && label === 0 && holdOut.length < LISTED) holdOut.push(customer);
  }
  return { ...experiment, until: dateOfDay(until), ...groups, uplift: upliftOf(groups.treated, groups.heldOut), holdOut };
}

/** In the order in which they were started. */
export function listExperiments({ reader }: Reading, tenant: string): Promise<Experiment[]> {
  return read(reader, tenant, (sql) => experimentsIn(sql, tenant));
}

/** Says of which running experiment a customer is held out; null where of none. */
export async function heldOutNow(sql: Sql, tenant: string): Promise<(customer: string, segment: string | null) => string | null> {
  const running = (await experimentsIn(sql, tenant)).filter(({ endedOn }) => endedOn === null);
  return (customer, segment) => running.find((one) => (one.segment === undefined || one.segment === segment) && isHeldOut(customer, one))?.experiment ?? null;
}

async function experimentsIn(sql: Sql, tenant: string): Promise<Experiment[]> {
  const facts = await experimentFacts(sql, tenant);
  return facts.filter(({ type }) => type === 'experiment.started').map((fact) => {
    const ended = facts.find(({ type, stream }) => type === 'experiment.ended' && stream.id === fact.stream.id);
    return { ...fact.data as unknown as Started, startedAt: fact.recordedAt, endedOn: ended ? String(ended.data['on']) : null };
  });
}

async function experimentFacts(sql: Sql, tenant: string): Promise<JourneyEvent[]> {
  const ids = (await streamsIn(sql, tenant, EXPERIMENTS)).map(({ id }) => id);
  return ids.length === 0 ? [] : readStreamsRows(sql, tenant, EXPERIMENTS, ids, Number.MAX_SAFE_INTEGER);
}

/** All that is known at the end of the last day that is over. */
async function standOf({ reader, now }: Reading, tenant: string): Promise<{ stand: Stand; last: number; dayOf: ChurnRows['options']['dayOf'] }> {
  const { final } = await reader.statements(readTold);
  return read(reader, tenant, async (sql) => {
    const { today, dayOf } = await calendarOf(sql, tenant, now());
    return { stand: { tenant, upTo: final, knownAt: endOfDay(today.day - 1, dayOf) }, last: today.day - 1, dayOf };
  });
}
