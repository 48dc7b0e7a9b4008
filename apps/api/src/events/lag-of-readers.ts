import { type Database, progressOf } from '#event-store';
import type { Lag } from '#intake';

/** How far the read models are behind that people look at. One that has stopped, or that no worker carries, is waited for by nobody. */
export async function lagOfReaders(database: Database): Promise<Lag> {
  const following = (await progressOf(database)).filter(({ live, workers, stopped }) => live && workers > 0 && stopped === null);
  return {
    seconds: Math.max(0, ...following.map(({ lagSeconds }) => lagSeconds)),
    position: Math.min(...following.map(({ position }) => position)),
    behind: Math.max(0, ...following.map(({ behind }) => behind)),
  };
}
