import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { validateData } from '#intake';
import { type Instrument, type InstrumentState, nextVersion, type Program } from '#journey';
import { askingSettings, type AskingSettings, type ProgramState, rehearseProgram, settingKey } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';

const SOURCE = 'touchline:asking';
const FLAWS = 100;

/** A decision about what is asked: the fact that says it, in whose stream. */
interface Decided { readonly category: 'instrument' | 'surveyprogram'; readonly id: string; readonly type: string; readonly data: Record<string, unknown> }

/** What a tenant asks, whom and when. Each decision is a fact with its author. */
@Injectable()
export class AskingSettingsOfTenant {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Stopping) private readonly stopping: Stopping) {}

  read(tenant: string): Promise<AskingSettings> {
    return this.connections.reader.inTenant(tenant, (sql) => askingSettings(sql, tenant));
  }

  /** The next version of a question, or the first of a new one. */
  publish(caller: Caller, sent: Record<string, unknown>) {
    return this.decide(caller, (settings) => {
      const data = { ...sent, version: nextVersion(settings.instruments.find(({ id }) => id === sent['id']) ?? { versions: [] }) };
      refuseFlawed('instrument.published', data);
      return { category: 'instrument', id: (data as unknown as Instrument).id, type: 'instrument.published', data };
    });
  }

  /** @throws ApiProblem for one that is not asked, and for one that a program asks */
  retire(caller: Caller, id: string, reason: string | undefined) {
    return this.decide(caller, (settings) => {
      instrumentIn(settings, id);
      const user = settings.programs.find(({ state, program }) => state === 'running' && program.instrument === id);
      if (user) throw new ApiProblem('instrument-in-use', `The program ${user.id} asks it.`);
      return { category: 'instrument', id, type: 'instrument.retired', data: { id, ...(reason !== undefined && { reason }) } };
    });
  }

  set(caller: Caller, sent: Record<string, unknown>) {
    return this.decide(caller, (settings) => {
      const { program } = programIn(settings, sent);
      return { category: 'surveyprogram', id: program.program, type: 'surveyprogram.set', data: sent };
    });
  }

  stop(caller: Caller, id: string, reason: string | undefined) {
    return this.decide(caller, ({ programs }) => {
      const known = programs.find((each) => each.id === id);
      if (!known) throw new ApiProblem('survey-program-unknown', 'No program has this id.');
      if (known.state === 'stopped') throw new ApiProblem('survey-program-stopped', 'It asks nobody already.');
      return { category: 'surveyprogram', id, type: 'surveyprogram.stopped', data: { program: id, ...(reason !== undefined && { reason }) } };
    });
  }

  /** Whom a program would have asked in the last days. */
  async rehearse({ tenant }: Caller, sent: Record<string, unknown>, days: number) {
    return rehearseProgram({ reader: this.connections.reader, now: () => new Date() }, { tenant, days, ...programIn(await this.read(tenant), sent) }, this.stopping.signal);
  }

  /**
   * Decisions of a tenant come one after the other, whatever they are about: what a question is decided by may stand in the stream of a program.
   * Whoever waits holds none of the connections that the one before it needs.
   */
  private decide({ tenant, actor }: Caller, decideOn: (settings: AskingSettings) => Decided): Promise<Record<string, unknown>> {
    const { reader, worker, store } = this.connections;
    return reader.transaction(async (lock) => {
      await lock.query('select pg_advisory_xact_lock(hashtext($1))', [`touchline asking of ${tenant}`]);
      const settings = await worker.statements((sql) => askingSettings(sql, tenant));
      const { category, id, type, data } = decideOn(settings);
      const last = settings.revisions.get(settingKey(category, id)) ?? -1;
      const [verdict] = await store.append([{ stream: { tenant, category, id }, expected: last < 0 ? 'none' : last, events: [{
        source: SOURCE, id: `${type}:${id}:${last + 1}`, type, version: 1, occurredAt: new Date().toISOString(), actor, data, bodyHash: hash('sha256', JSON.stringify(data), 'base64url'),
      }] }]);
      if (verdict!.status !== 'appended') throw new ApiProblem('not-ready', 'Somebody else decides about it at this moment.');
      return { ...data, position: verdict!.positions[0] };
    });
  }
}

/** @throws ApiProblem for one that is not there, or no longer asked */
function instrumentIn({ instruments }: { readonly instruments: readonly InstrumentState[] }, id: string): Instrument {
  const current = instruments.find((each) => each.id === id)?.current;
  if (!current) throw new ApiProblem('instrument-unknown', `No question that is asked has the id ${id}.`);
  return current;
}

function programIn(settings: AskingSettings, sent: Record<string, unknown>): { program: ProgramState['program']; instrument: Instrument } {
  refuseFlawed('surveyprogram.set', sent);
  const program = sent as unknown as Program;
  return { program, instrument: instrumentIn(settings, program.instrument) };
}

/** @throws ApiProblem that points at everything that is wrong */
function refuseFlawed(type: string, data: unknown): void {
  const problem = validateData(type, 1, data, '', FLAWS);
  if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
}
