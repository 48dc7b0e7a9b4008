import { Command, Query } from '@nestjs/cqrs';
import { beginRebuild, type Database, type Progress, progressOf, type Projection } from '#event-store';
import { CustomersProjection } from '../customers/customers-projection.js';
import { QueryRefused } from '../reading.js';
import { TimelineProjection } from '../timeline/timeline-projection.js';

/** Every read model that is kept up to date from the log. */
export const projections = (): Projection[] => [new CustomersProjection(), new TimelineProjection()];

export class ListProjections extends Query<Progress[]> {}

/** Builds a new generation beside the one that is read; a worker switches when it has caught up. */
export class RebuildProjection extends Command<{ readonly name: string; readonly generation: number }> {
  constructor(readonly name: string) {
    super();
  }
}

export function listProjections(worker: Database): Promise<Progress[]> {
  return progressOf(worker);
}

/** @throws QueryRefused for an unknown name */
export async function rebuildProjection(worker: Database, name: string): Promise<{ name: string; generation: number }> {
  const projection = projections().find((candidate) => candidate.name === name);
  if (!projection) throw new QueryRefused('not-found', `There is no projection "${name}". There are: ${projections().map((known) => known.name).join(', ')}.`);
  return { name, generation: await beginRebuild(worker, projection) };
}
