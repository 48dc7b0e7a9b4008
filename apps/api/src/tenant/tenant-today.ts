import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#journey';
import { dateOfDay } from '#insight';
import { type Calendar, calendarOf, dayOfIn } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';

export interface TenantTodayAnswer {
  readonly today: Calendar['today'];
  /** Who set or freed the day last, and when; null when nobody ever did. */
  readonly setBy: Actor | null;
  readonly setAt: string | null;
}

/** A tenant's today: what it is, and setting it by hand. Each change is kept with who made it. */
@Injectable()
export class TenantToday {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  read(tenant: string, now: Date): Promise<TenantTodayAnswer> {
    return this.connections.reader.inTenant(tenant, async (sql) => {
      const { today } = await calendarOf(sql, tenant, now);
      const [last] = await sql.query<{ kind: Actor['kind']; id: string; changed_at: Date }>(
        'select actor_kind as kind, actor_id as id, changed_at from today_change where tenant = $1 order by n desc limit 1', [tenant]);
      return { today, setBy: last ? { kind: last.kind, id: last.id } : null, setAt: last?.changed_at.toISOString() ?? null };
    });
  }

  /** @throws ApiProblem `invalid-body` for a day that has not been: it would close days that are still to come */
  async set({ tenant, actor, keyId }: Caller, day: string | null, now: Date): Promise<TenantTodayAnswer> {
    await this.connections.worker.transaction(async (sql) => {
      const [row] = await sql.query<{ time_zone: string }>(
        `insert into tenant (id, time_zone, pinned_day) values ($1, 'UTC', $2) on conflict (id) do update set pinned_day = excluded.pinned_day returning time_zone`, [tenant, day]);
      const real = dateOfDay(dayOfIn(row!.time_zone)(now.toISOString()));
      if (day !== null && day > real) {
        throw new ApiProblem('invalid-body', `The day must not lie after today, ${real}.`, { errors: [{ pointer: '/day', detail: `Not after ${real}.` }] });
      }
      await sql.query('insert into today_change (tenant, day, actor_kind, actor_id, key_id) values ($1, $2, $3, $4, $5)', [tenant, day, actor.kind, actor.id, keyId]);
    });
    return this.read(tenant, now);
  }
}
