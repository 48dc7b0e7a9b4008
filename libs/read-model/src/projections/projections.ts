import { Command, Query } from '@nestjs/cqrs';
import { beginRebuild, compareAndKeep, type Comparison, type Database, dropOthers, otherGeneration, type Progress, progressOf, type Projection, switchTo, type Waiting, waitingIn } from '#event-store';
import { EntitiesProjection } from '../entities/entities-projection.js';
import { entityTables } from '../entities/entity-tables.js';
import { CustomersProjection } from '../customers/customers-projection.js';
import { QueryRefused } from '../reading.js';
import { TimelineProjection } from '../timeline/timeline-projection.js';

/** Every read model that is kept up to date from the log. */
export const projections = (): Projection[] => [new CustomersProjection(), new TimelineProjection(), new EntitiesProjection(entityTables)];

/** @throws QueryRefused for an unknown name */
export function projectionNamed(name: string): Projection {
  const projection = projections().find((candidate) => candidate.name === name);
  if (!projection) throw new QueryRefused('projection-unknown', `No read model has this name. There are: ${projections().map((known) => known.name).join(', ')}.`);
  return projection;
}

/** `waiting`: customers of the live generation who are to be computed anew after late facts, though every position is applied. */
type Listed = Progress & { readonly waiting: Waiting };

export class ListProjections extends Query<Listed[]> {}

/** `dropped`: generations that were kept for going back, and made room. */
interface Begun { readonly name: string; readonly generation: number; readonly dropped: readonly number[] }

/** Builds a new generation beside the one that is read; a worker compares both and switches when nothing differs. */
export class RebuildProjection extends Command<Begun> {
  constructor(readonly name: string) {
    super();
  }
}

/** Compares the generation beside the live one with it, customer by customer. */
export class CompareProjection extends Command<Comparison> {
  constructor(readonly name: string) {
    super();
  }
}

/** Makes the generation beside the live one live; `undo` only goes back to the one that was live before. */
export class SwitchProjection extends Command<{ readonly name: string; readonly live: number; readonly kept: number }> {
  constructor(readonly name: string, readonly undo: boolean) {
    super();
  }
}

/** Drops every generation but the live one. */
export class DropProjection extends Command<{ readonly name: string; readonly dropped: readonly number[] }> {
  constructor(readonly name: string) {
    super();
  }
}

export async function listProjections(worker: Database): Promise<Listed[]> {
  const waiting = await waitingIn(worker, projections());
  return (await progressOf(worker)).map((each) => ({ ...each, waiting: (each.live && waiting.get(each.name)) || { customers: 0, seconds: 0 } }));
}

export async function rebuildProjection(worker: Database, name: string): Promise<Begun> {
  const projection = projectionNamed(name);
  const before = (await progressOf(worker)).filter((each) => each.name === name && !each.live).map(({ generation }) => generation);
  const generation = await beginRebuild(worker, projection);
  return { name, generation, dropped: before.includes(generation) ? [] : before };
}

export async function dropProjection(worker: Database, name: string): Promise<{ name: string; dropped: number[] }> {
  return { name, dropped: await dropOthers(worker, projectionNamed(name)) };
}

/** @throws QueryRefused when there is nothing to compare with, or it is still far behind or gone by now */
export async function compareProjection(worker: Database, name: string): Promise<Comparison> {
  const projection = projectionNamed(name);
  const { other } = await otherGeneration(worker, name);
  if (other === null) throw new QueryRefused('invalid-parameter', `There is only one generation of ${name}; build another with \`touchline projections rebuild ${name}\`.`, 'name');
  const comparison = await compareAndKeep(worker, projection, other);
  if (!comparison) throw new QueryRefused('not-ready', `Generation ${other} of ${name} is still far behind, or gone by now; \`touchline projections list\` shows how far.`);
  return comparison;
}

const PATIENCE_MS = 10_000;
const RETRY_MS = 50;

/** Waits until the other generation is nowhere behind what readers have seen. @throws QueryRefused when there is none, or it stays behind */
export async function switchProjection(worker: Database, name: string, undo: boolean): Promise<{ name: string; live: number; kept: number }> {
  projectionNamed(name);
  const { live, other, previous } = await otherGeneration(worker, name);
  const target = undo ? previous : other;
  if (target === null) throw new QueryRefused('invalid-parameter', undo ? `No switch of ${name} can be undone: no earlier generation was kept.` : `There is only one generation of ${name}.`, 'name');
  for (const until = Date.now() + PATIENCE_MS; ; await new Promise((wake) => setTimeout(wake, RETRY_MS))) {
    const { switched, behind } = await switchTo(worker, name, target);
    if (switched) return { name, live: target, kept: live };
    if (behind.length === 0) return overtaken(worker, name, target);
    if (Date.now() > until) throw new QueryRefused('not-ready', `Generation ${target} of ${name} is behind the live one in partitions ${behind.join(', ')}; readers would go back in time. Try again when it has caught up.`);
  }
}

/** Somebody else was faster. @throws QueryRefused unless what they did is what was asked for */
async function overtaken(worker: Database, name: string, target: number): Promise<{ name: string; live: number; kept: number }> {
  const { live, previous } = await otherGeneration(worker, name);
  if (live === target && previous !== null) return { name, live, kept: previous };
  throw new QueryRefused('invalid-parameter', `Generation ${target} of ${name} ${live === target ? 'is the only one and live already.' : 'has been dropped meanwhile.'}`, 'name');
}
