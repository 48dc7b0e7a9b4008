import type { EventRef, JourneyEvent } from '#journey';
import { dayOfDate } from '../day.js';
import { sum } from '../experience/figure.js';
import { type Quarter, quarterAfter, quarterOfDay } from './quarter.js';

export interface AgendaItem { readonly topic: string; readonly minutes: number; readonly aboutCustomers: boolean; readonly decision?: string }

export interface Meeting {
  readonly meeting: string;
  readonly body: 'board' | 'management';
  readonly heldOn: string;
  readonly agenda: readonly AgendaItem[];
  readonly event: EventRef;
}

/** Minutes of meetings on customers. All meetings that were recorded count and none stands for another, so there is no interval. */
export interface Attention {
  /** Meetings with minutes. */
  readonly n: number;
  readonly minutes: number;
  readonly onCustomers: number;
  /** Null where no minute was recorded. */
  readonly share: number | null;
}

export interface AttentionOfQuarter extends Attention {
  readonly quarter: string;
  readonly bodies: readonly (Attention & { readonly body: Meeting['body'] })[];
  /** The earliest first. */
  readonly meetings: readonly Meeting[];
}

export const ATTENTION_RULE = 'Attention share: minutes of agenda items about customers over all minutes of the meetings of the board and of the management that were recorded as held in the quarter. Whether an item is about customers, whoever records it says; meetings that nobody recorded are not known of.';

/** The last word on each meeting, the earliest first; of facts in the order of the log. Those without an agenda were taken back. */
export function meetingsIn(facts: readonly JourneyEvent[]): Meeting[] {
  const newest = new Map(facts.filter(({ type }) => type === 'company.meeting-held').map((event) => [String(event.data['meeting']), event]));
  return [...newest.values()].map(({ data, source, id }) => ({ ...data as unknown as Omit<Meeting, 'event'>, event: { source, id } })).filter(({ agenda }) => agenda.length > 0)
    .sort((a, b) => (a.heldOn < b.heldOn || (a.heldOn === b.heldOn && a.meeting < b.meeting) ? -1 : 1));
}

export function attentionOf(meetings: readonly Meeting[]): Attention {
  const items = meetings.flatMap(({ agenda }) => agenda);
  const [minutes, onCustomers] = [items, items.filter(({ aboutCustomers }) => aboutCustomers)].map((some) => sum(some.map((item) => item.minutes))) as [number, number];
  return { n: meetings.filter(({ agenda }) => agenda.some((item) => item.minutes > 0)).length, minutes, onCustomers, share: minutes === 0 ? null : onCustomers / minutes };
}

/** Each quarter from the one to the other, both included; days after `until` have not come yet. */
export function attentionByQuarter(meetings: readonly Meeting[], { from, to, until }: { readonly from: Quarter; readonly to: Quarter; readonly until: number }): AttentionOfQuarter[] {
  const quarters: Quarter[] = [];
  for (let quarter = from; quarter.from <= to.from; quarter = quarterAfter(quarter, 1)) quarters.push(quarter);
  return quarters.map(({ name }) => {
    const own = meetings.filter(({ heldOn }) => dayOfDate(heldOn) <= until && quarterOfDay(dayOfDate(heldOn)).name === name);
    const bodies = (['board', 'management'] as const).map((body) => ({ body, ...attentionOf(own.filter((meeting) => meeting.body === body)) })).filter(({ n }) => n > 0);
    return { quarter: name, ...attentionOf(own), bodies, meetings: own };
  });
}
