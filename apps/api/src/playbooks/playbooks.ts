import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { validateData } from '#intake';
import { type JourneyEvent, type Playbook, PLAYBOOKS, playbooksAfter } from '#journey';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { PlaybookDto } from './playbook.dto.js';

const SOURCE = 'touchline:playbooks';
/** Whoever comes second decides again. */
const ATTEMPTS = 5;
const FLAWS = 20;
/** A task's number is made of it. */
const LONGEST_ID = 30;

/** A playbook, who decided on it last, when and why; null for one of ours that nobody has changed. */
export type PlaybookAnswer = Playbook & { readonly decided: { readonly by: string; readonly at: string; readonly reason: string } | null };

/** What a tenant decides about its playbooks: each decision is a fact in one stream, so they come one after the other. */
@Injectable()
export class Playbooks {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  async list(tenant: string): Promise<PlaybookAnswer[]> {
    return answersOf(await this.decisions(tenant));
  }

  /** @throws ApiProblem `invalid-body` */
  set(caller: Caller, id: string, { label, when, segments, tasks, reason }: PlaybookDto): Promise<PlaybookAnswer> {
    if (!ID.test(id)) throw new ApiProblem('invalid-parameter', `A playbook's id has 1 to ${LONGEST_ID} letters, digits and . _ -`, { errors: [{ pointer: 'id', detail: 'Give it a shorter, plainer one.' }] });
    const data = stated({ playbook: id, label, when: stated(when), segments, tasks: tasks.map(stated), reason });
    const problem = validateData('playbook.set', 1, data, '', FLAWS);
    if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
    return this.decide(caller, id, 'playbook.set', () => data);
  }

  /** @throws ApiProblem `playbook-unknown`, or `playbook-stopped` where it makes no tasks anyway */
  stop(caller: Caller, id: string, reason: string): Promise<PlaybookAnswer> {
    return this.decide(caller, id, 'playbook.stopped', (playbooks) => {
      const known = playbooks.find(({ playbook }) => playbook === id);
      if (!known) throw new ApiProblem('playbook-unknown', `No playbook is called ${id}.`);
      if (!known.running) throw new ApiProblem('playbook-stopped', `${known.label} is stopped already.`);
      return { playbook: id, reason };
    });
  }

  private async decide({ tenant, actor }: Caller, id: string, type: 'playbook.set' | 'playbook.stopped', dataOf: (playbooks: readonly Playbook[]) => Record<string, unknown>): Promise<PlaybookAnswer> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await this.decisions(tenant);
      const data = dataOf(playbooksAfter(before));
      const last = before.at(-1)?.revision ?? -1;
      const [verdict] = await this.connections.store.append([{ stream: { tenant, ...PLAYBOOKS }, expected: last < 0 ? 'none' : last, events: [{
        source: SOURCE, id: `${type}:${id}:${last + 1}`, type, version: 1, occurredAt: new Date().toISOString(), actor, data, bodyHash: hash('sha256', JSON.stringify(data), 'base64url'),
      }] }]);
      if (verdict!.status === 'appended') return answersOf(await this.decisions(tenant)).find(({ playbook }) => playbook === id)!;
    }
    throw new ApiProblem('not-ready', 'Somebody else decides about playbooks at this moment.');
  }

  private decisions(tenant: string): Promise<JourneyEvent[]> {
    return this.connections.store.readStream({ tenant, ...PLAYBOOKS });
  }
}

const ID = new RegExp(`^[A-Za-z0-9._-]{1,${LONGEST_ID}}$`);

/** What is left out is not said. */
const stated = (said: object): Record<string, unknown> => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));

function answersOf(decisions: readonly JourneyEvent[]): PlaybookAnswer[] {
  return playbooksAfter(decisions).map((playbook) => {
    const last = decisions.findLast(({ data }) => data['playbook'] === playbook.playbook);
    return { ...playbook, decided: last ? { by: last.actor.id, at: last.occurredAt, reason: String(last.data['reason']) } : null };
  });
}
