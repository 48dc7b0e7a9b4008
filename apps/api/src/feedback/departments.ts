import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { validateData } from '#intake';
import { DEPARTMENTS, departmentsOf } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { DepartmentDto } from './feedback.dto.js';

const SOURCE = 'touchline:department';
/** Whoever comes second decides again. */
const ATTEMPTS = 5;
const FLAWS = 100;

/** Which departments there are: facts in a stream of each. */
@Injectable()
export class Departments {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  set(caller: Caller, department: string, { name, owner, answerWithinHours }: DepartmentDto) {
    return this.append(caller, department, 'department.set', { department, name, owner, answerWithinHours });
  }

  async retire(caller: Caller, department: string) {
    const known = await this.connections.reader.inTenant(caller.tenant, (sql) => departmentsOf(sql, caller.tenant));
    if (!known.has(department)) throw new ApiProblem('department-unknown', `There is no department ${department}.`);
    return this.append(caller, department, 'department.retired', { department });
  }

  private async append({ tenant, actor }: Caller, department: string, type: string, data: Record<string, unknown>): Promise<{ department: string; position: string }> {
    const problem = validateData(type, 1, data, '', FLAWS);
    if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
    const stream = { tenant, category: DEPARTMENTS, id: department };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const [last] = await this.connections.store.readStream(stream, { direction: 'backward', limit: 1 });
      const [verdict] = await this.connections.store.append([{ stream, expected: last ? last.revision : 'none', events: [{
        source: SOURCE, id: `${department}:${(last?.revision ?? -1) + 1}`, type, version: 1, occurredAt: new Date().toISOString(), actor, data, bodyHash: hash('sha256', JSON.stringify([type, data]), 'base64url'),
      }] }]);
      if (verdict!.status === 'appended' || verdict!.status === 'duplicate') return { department, position: verdict!.positions[0]! };
    }
    throw new ApiProblem('not-ready', 'Somebody else changes this department at this moment.');
  }
}
