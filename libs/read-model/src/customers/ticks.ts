import type { Work } from '#event-store';
import { type JourneyEvent, parsePosition } from '#journey';
import { dayOfIn } from '../tenant.js';
import type { CustomerState, CustomerSteps } from './customer-state.js';
import { keepCards, keepModel } from './told.js';
import { noteChanges } from './note-changes.js';
import { causeIn } from './risk-notes.js';
import { RowMaker } from './row-maker.js';
import { loadStatesBefore, loadStatesOfOthers, markHeld, type RowValues, saveRows } from './states-sql.js';
import { closedDayTable } from './table.js';

const SLICE = 200;
/** A slice of work that may wait while new facts come in is this long. */
export const SLICE_MS = 100;

interface Slice {
  readonly states: readonly CustomerState[];
  /** What the fact does to each of them, beside that its row is made anew. */
  change(state: CustomerState, maker: RowMaker): void;
}

/** One slice of the customers whom a fact concerns that is about all of a tenant. Who is left is told by the rows themselves. @returns whether some are */
export async function tickSlice(work: Work, steps: CustomerSteps, fact: JourneyEvent): Promise<boolean> {
  const until = performance.now() + SLICE_MS;
  const { states, change } = await kinds[fact.stream.category]!(work, steps, fact);
  const maker = await RowMaker.of(work, steps, [fact.stream.tenant]);
  const rows: RowValues[] = [];
  let moved = 0;
  for (const state of states) {
    if (performance.now() > until) break;
    moved += 1;
    try {
      change(state, maker);
      rows.push(maker.rowOf(state));
    } catch (error) {
      await work.hold(state, parsePosition(fact.position).n, error);
      await markHeld(work, state);
    }
    await work.breathe();
  }
  await saveRows(work, rows);
  const cause = fact.stream.category === 'clock' ? causeIn([fact], 'time') : null;
  await noteChanges(work, rows, () => cause);
  return moved < states.length || states.length === SLICE;
}

/** Whoever stands at an earlier day moves on to the day after the one that is closed. */
async function closeDay(work: Work, steps: CustomerSteps, { stream: { tenant }, data }: JourneyEvent): Promise<Slice> {
  const day = dayOfIn('UTC')(`${String(data['day'])}T00:00:00Z`);
  await work.sql.query(
    `insert into ${closedDayTable(work.generation)} as old (tenant, partition, day) select $1, unnest($2::smallint[]), $3
     on conflict (tenant, partition) do update set day = greatest(old.day, excluded.day)`, [tenant, work.partitions, day]);
  return { states: await loadStatesBefore(work, tenant, day + 1, SLICE), change: (state, { told }) => steps.moveToDay(state, day + 1, told.cardsOf(state).whole) };
}

/** Whose risk another model has said gets it from the one that is in force now. */
async function changeModel(work: Work, _: CustomerSteps, fact: JourneyEvent): Promise<Slice> {
  const model = await keepModel(work, fact);
  return { states: await loadStatesOfOthers(work, fact.stream.tenant, ['churn_model', model], SLICE), change: () => undefined };
}

/** Whose score other cards have made gets it from those that are in force now. */
async function changeCards(work: Work, steps: CustomerSteps, fact: JourneyEvent): Promise<Slice> {
  const cards = await keepCards(work, fact);
  return { states: await loadStatesOfOthers(work, fact.stream.tenant, ['cards', cards.id], SLICE), change: (state) => steps.changeCards(state, cards.whole, parsePosition(fact.position).n) };
}

const kinds: Readonly<Record<string, (work: Work, steps: CustomerSteps, fact: JourneyEvent) => Promise<Slice>>> = { clock: closeDay, churnmodel: changeModel, scorecard: changeCards };
