import type { DataFor, KnownType } from '#journey';
import { type Calendar, dayOf, type Moment } from './calendar.js';
import type { DemoEvent } from './demo-event.js';

export interface Telling {
  readonly source?: string;
  /** When we learned of it; left out: at once. */
  readonly known?: Moment;
}

/** Takes down what happened to one customer. What would lie past the end of the story has not happened. */
export interface Diary {
  /** `key` makes the event's id, within the customer. */
  tell<T extends KnownType>(type: T, moment: Moment, key: string, data: DataFor<T>, telling?: Telling): void;
  /** The same in an old version of the type. */
  tellOld(type: KnownType, version: number, moment: Moment, key: string, data: Record<string, unknown>): void;
  readonly events: readonly DemoEvent[];
}

const sources: Record<string, string> = {
  ticket: 'helpdesk', outage: 'helpdesk', usage: 'telemetry', survey: 'surveys', invoice: 'billing', subscription: 'billing', cost: 'billing', deployment: 'projects',
};

/** @param lastDay the last day on which anything can happen to this customer */
export function diaryOf(customer: { system: string; id: string }, calendar: Calendar, lastDay: number): Diary {
  const events: DemoEvent[] = [];
  const end = Math.min(lastDay, calendar.today - 1);
  const write = (type: string, moment: Moment, key: string, data: object, version?: number, { source, known = moment }: Telling = {}) => {
    if (dayOf(moment) > end || dayOf(known) > end) return;
    events.push({
      id: `${customer.id}.${key}`, source: source ?? sources[type.slice(0, type.indexOf('.'))] ?? 'crm', type, ...(version && { version }),
      time: calendar.iso(moment), observedAt: calendar.iso(known), customer, data: data as Record<string, unknown>,
    });
  };
  return {
    events,
    tell: (type, moment, key, data, telling) => write(type, moment, key, data, undefined, telling),
    tellOld: (type, version, moment, key, data) => write(type, moment, key, data, version),
  };
}
