import { readStreamsRows, type Sql, streamsIn } from '#event-store';
import { type Actor, builtInInstruments, instrumentOf, type InstrumentState, type JourneyEvent, type Program, programOf } from '#journey';

export interface ProgramState {
  readonly id: string;
  /** As it was set last, also where it is stopped since. */
  readonly program: Program;
  readonly state: 'running' | 'stopped';
  /** Since when, as it is. */
  readonly changedAt: string;
  readonly changedBy: Actor;
}

/** What a tenant asks, and its programs; with the last revision of each stream. */
export interface AskingSettings {
  readonly instruments: readonly InstrumentState[];
  readonly programs: readonly ProgramState[];
  readonly revisions: ReadonlyMap<string, number>;
}

/** By category and id, as the key of `revisions`. */
export const settingKey = (category: string, id: string): string => `${category}/${id}`;

export async function askingSettings(sql: Sql, tenant: string): Promise<AskingSettings> {
  const facts = new Map<string, JourneyEvent[]>();
  for (const category of ['instrument', 'surveyprogram']) {
    const streams = (await streamsIn(sql, tenant, category)).map(({ id }) => id);
    const events = streams.length === 0 ? [] : await readStreamsRows(sql, tenant, category, streams, Number.MAX_SAFE_INTEGER);
    for (const id of streams) facts.set(settingKey(category, id), events.filter(({ stream }) => stream.id === id));
  }
  const idsIn = (category: string) => [...facts.keys()].filter((key) => key.startsWith(`${category}/`)).map((key) => key.slice(category.length + 1));
  const ids = new Set([...builtInInstruments.map(({ id }) => id), ...idsIn('instrument')]);
  return {
    instruments: [...ids].map((id) => instrumentOf(id, facts.get(settingKey('instrument', id)) ?? [])),
    programs: idsIn('surveyprogram').map((id) => stateOfProgram(id, facts.get(settingKey('surveyprogram', id))!)),
    revisions: new Map([...facts].map(([key, events]) => [key, events.at(-1)!.revision])),
  };
}

function stateOfProgram(id: string, facts: readonly JourneyEvent[]): ProgramState {
  const [last, set] = [facts.at(-1)!, facts.findLast(({ type }) => type === 'surveyprogram.set')!];
  return { id, program: set.data as unknown as Program, state: programOf(facts) ? 'running' : 'stopped', changedAt: last.occurredAt, changedBy: last.actor };
}
