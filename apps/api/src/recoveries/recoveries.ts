import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GrownMeanwhile } from '#intake';
import { decideRecovery, openingOf, type Recovery, type RecoveryCommand } from '#journey';
import { GetCustomerInLog, GetRecoveryInLog, QueryRefused, untilVisible } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { AnswerWork } from '../answers/answer-work.js';
import { Connections } from '../connections.js';
import { CustomerFacts } from '../events/customer-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { OpenRecoveryDto } from './recovery.dto.js';

const SOURCE = 'recoveries';
/** Whoever comes second decides again; of so many at once each has its turn. */
const ATTEMPTS = 32;
const WAIT_MS = 5_000;

/** What came of a command. */
export interface RecoveryDone {
  readonly recovery: string;
  readonly customer: string;
  /** Of the fact; the recovery's version from now on. */
  readonly position: string;
}

/** What a person does about recoveries. Each step is decided on what the log has, and recorded only if nothing has come since. */
@Injectable()
export class Recoveries {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CustomerFacts) private readonly facts: CustomerFacts,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(AnswerWork) private readonly answers: AnswerWork,
  ) {}

  /** Opens one by hand. */
  async open(caller: Caller, { customer: named, owner, ticket, contact, what }: OpenRecoveryDto): Promise<RecoveryDone> {
    const { customer } = await this.facts.find(caller.tenant, named);
    const recovery = `R-${randomBytes(8).toString('hex')}`;
    return this.again(async () => {
      const { root, events, settings: { policy, calendarAt }, revisionOf } = await this.queries.execute(new GetCustomerInLog({ tenant: caller.tenant, customer }));
      const now = new Date().toISOString();
      const opening = openingOf(recovery, ['by-hand'], now, { events, root, policy, now, calendarAt, concern: { ticket, instruments: [] } });
      const data = { ...opening, ...(owner !== undefined && { owner }), ticket, contact: contact === undefined ? undefined : personOf(contact), what };
      return { recovery, ...await this.facts.append(caller, root, { source: SOURCE, type: 'recovery.opened', data, time: now, expected: revisionOf(root) }) };
    });
  }

  /** Whoever talks with the customer has read the answers that it is about. @throws ApiProblem `recovery-changed` when it is not as it was when it was looked at, or why it cannot be done */
  async act(caller: Caller, id: string, command: RecoveryCommand, version?: string): Promise<RecoveryDone> {
    const { tenant } = caller;
    if (command.do === 'link' && command.other !== undefined && command.other !== id) await this.queries.execute(new GetRecoveryInLog({ tenant, id: command.other }));
    let about: Recovery | undefined;
    const done = await this.again(async () => {
      const { recovery, settings: { calendarAt }, revisionOf } = await this.queries.execute(new GetRecoveryInLog({ tenant, id }));
      if (version !== undefined && version !== recovery.version) throw new ApiProblem('recovery-changed', `The recovery ${id} stands at ${recovery.version}, and not at ${version} any more.`);
      about = recovery;
      const now = new Date(Math.max(Date.now(), Date.parse(recovery.changedAt))).toISOString();
      const decided = decideRecovery(recovery, command, { now, calendarAt });
      if ('refused' in decided) throw new ApiProblem(decided.refused, decided.say);
      const { type, data } = decided;
      const { contact } = data;
      return { recovery: id, ...await this.facts.append(caller, recovery.customer, { source: SOURCE, type, data: typeof contact === 'string' ? { ...data, contact: personOf(contact) } : data, time: now, expected: revisionOf(recovery.customer) }) };
    });
    if (command.do === 'contact') await this.read(caller, about!);
    return done;
  }

  /** After the talk, which counts even where an answer is there no longer. */
  private async read(caller: Caller, { customer, surveys }: Recovery): Promise<void> {
    for (const survey of surveys) {
      await this.answers.view(caller, { survey, customer }).catch((error: unknown) => {
        if (!(error instanceof QueryRefused || error instanceof ApiProblem)) throw error;
      });
    }
  }

  /** Waits a little until pages and lists show what was done; without them it was done all the same. */
  async shown({ tenant }: Caller, { position }: RecoveryDone): Promise<void> {
    try {
      await untilVisible(this.connections.worker, tenant, position, WAIT_MS);
    } catch (error) {
      if (!(error instanceof QueryRefused && error.code === 'not-yet-visible')) throw error;
    }
  }

  private async again(attempt: () => Promise<RecoveryDone>): Promise<RecoveryDone> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof GrownMeanwhile)) throw error;
        if (attempts === ATTEMPTS) throw new ApiProblem('not-ready', 'Others record facts of this customer at this moment.');
      }
    }
  }
}

/** A person as facts name one: `system:id` is an id in another system. */
function personOf(text: string): unknown {
  const [, system, id] = /^([A-Za-z0-9._/-]{1,100}):(.+)$/.exec(text) ?? [];
  return system !== undefined && !text.includes('@') ? { system, id } : text;
}
