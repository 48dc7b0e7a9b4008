import { Query } from '@nestjs/cqrs';
import { unseal } from '#event-store';
import { eventWords } from '#insight';
import { dealsWith, effectiveEvents, type JourneyEvent, type Recovery } from '#journey';
import { storyOf, togetherOf } from '../customers/together.js';
import { isCode, readCustomers, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import { besides } from './list-recoveries.js';
import { itemOf, type RecoveryItem } from './recovery-answer.js';
import { unknownRecovery } from './recovery-number.js';
import { causeKey } from './recovery-table.js';
import { recoverySettings } from './settings.js';

/** A fact of the story, opened for readers who may see it. */
export interface RecoveryStep {
  readonly position: string;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly words: string;
  readonly occurredAt: string;
  readonly actor: { readonly kind: string; readonly id: string };
  /** Personal fields opened; null where they were erased. */
  readonly data: Record<string, unknown>;
}

export interface RecoveryAnswer {
  readonly now: string;
  readonly recovery: RecoveryItem;
  /** The answers it deals with, and all that was done about it, in order. */
  readonly story: readonly RecoveryStep[];
  /** Others with the same cause, the latest first: at most 20. */
  readonly alike: readonly { readonly id: string; readonly customer: { readonly id: string; readonly name: string | null }; readonly state: string; readonly since: string }[];
}

export class GetRecovery extends Query<RecoveryAnswer> {
  constructor(readonly options: { readonly tenant: string; readonly id: string }) {
    super();
  }
}

/** One recovery with its whole story. @throws QueryRefused `recovery-unknown` */
export function getRecovery(model: ReadModelOptions, { tenant, id }: GetRecovery['options']): Promise<RecoveryAnswer> {
  return readCustomers(model, tenant, async (sql, rows) => {
    const { now } = await calendarOf(sql, tenant, model.now());
    const [beside] = !isCode(id) ? [] : await besides(sql, rows.from, 'entity = $2', [tenant, id]);
    if (!beside) throw unknownRecovery(id);
    const { calendarAt } = await recoverySettings(sql, tenant);
    const events = effectiveEvents(await storyOf(sql, tenant, await togetherOf(sql, tenant, beside.customer)));
    const story = await unseal(model.keys, sql, tenant, events.filter((event) => belongs(event, beside.recovery)));
    const { cause } = beside.recovery;
    const alike = cause === null ? [] : await besides(sql, rows.from, `cause = $2 and entity <> $3 and state <> 'withdrawn' order by since desc limit 20`, [tenant, causeKey(cause), id]);
    return {
      now, recovery: itemOf(beside, now, calendarAt),
      story: story.map(({ position, source, id: event, type, occurredAt, actor, data }) => ({ position, source, id: event, type, words: eventWords(type), occurredAt, actor, data })),
      alike: alike.reverse().map(({ customer, name, recovery }) => ({ id: recovery.id, customer: { id: customer, name }, state: recovery.state, since: recovery.since })),
    };
  });
}

const belongs = ({ type, data, stream }: JourneyEvent, recovery: Recovery): boolean => data['recovery'] === recovery.id
  || (type.startsWith('survey.') && dealsWith(recovery, String(data['survey']), stream.id));
