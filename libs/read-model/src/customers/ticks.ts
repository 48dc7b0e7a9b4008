import type { Work } from '#event-store';
import { type JourneyEvent, parsePosition } from '#journey';
import { dayOfIn } from '../tenant.js';
import type { CustomerState } from './customer-state.js';
import { keepModel } from './models.js';
import { causeIn, noteRisks } from './risk-notes.js';
import { type Recipe, RowMaker } from './row-maker.js';
import { loadStatesBefore, loadStatesOfOthers, markHeld, type RowValues, saveRows } from './states-sql.js';
import { closedDayTable } from './table.js';

const SLICE = 200;
/** A slice of work that may wait while new facts come in is this long. */
export const SLICE_MS = 100;

interface Slice {
  readonly states: readonly CustomerState[];
  /** What the fact does to each of them, beside that its row is made anew. */
  change(state: CustomerState): void;
}

/** One slice of the customers whom a fact concerns that is about all of a tenant. Who is left is told by the rows themselves. @returns whether some are */
export async function tickSlice(work: Work, recipe: Recipe, fact: JourneyEvent): Promise<boolean> {
  const until = performance.now() + SLICE_MS;
  const { states, change } = await (fact.stream.category === 'clock' ? closeDay(work, recipe, fact) : changeModel(work, fact));
  const maker = await RowMaker.of(work, recipe, [fact.stream.tenant]);
  const rows: RowValues[] = [];
  let moved = 0;
  for (const state of states) {
    if (performance.now() > until) break;
    moved += 1;
    try {
      change(state);
      rows.push(maker.rowOf(state));
    } catch (error) {
      await work.hold(state, parsePosition(fact.position).n, error);
      await markHeld(work, state);
    }
    await work.breathe();
  }
  await saveRows(work, rows);
  const cause = fact.stream.category === 'clock' ? causeIn([fact], 'time') : null;
  await noteRisks(work, rows, () => cause);
  return moved < states.length || states.length === SLICE;
}

/** Whoever stands at an earlier day moves on to the day after the one that is closed. */
async function closeDay(work: Work, { card, steps }: Recipe, { stream: { tenant }, data }: JourneyEvent): Promise<Slice> {
  const day = dayOfIn('UTC')(`${String(data['day'])}T00:00:00Z`);
  await work.sql.query(
    `insert into ${closedDayTable(work.generation)} as old (tenant, partition, day) select $1, unnest($2::smallint[]), $3
     on conflict (tenant, partition) do update set day = greatest(old.day, excluded.day)`, [tenant, work.partitions, day]);
  return { states: await loadStatesBefore(work, tenant, day + 1, SLICE), change: (state) => steps.moveToDay(state, day + 1, card) };
}

/** Whose risk another model has said gets it from the one that is in force now. */
async function changeModel(work: Work, fact: JourneyEvent): Promise<Slice> {
  const model = await keepModel(work, fact);
  return { states: await loadStatesOfOthers(work, fact.stream.tenant, model, SLICE), change: () => undefined };
}
