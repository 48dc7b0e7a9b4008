import type { DataFor } from '../catalogue.js';
import type { EventRef, JourneyEvent } from '../envelope.js';
import { lastOf, saidOf, segmentIn } from '../said-of.js';
import { usualWeek, type WorkingCalendar } from '../working-time/calendar.js';

/** The streams in which a tenant's settings stand. */
export const RECOVERY_POLICY = { category: 'recoverypolicy', id: 'policy' } as const;
export const WORKING_HOURS = { category: 'workinghours', id: 'hours' } as const;

export const clockNames = ['look', 'contact', 'close'] as const;
export type ClockName = (typeof clockNames)[number];

type Settings = Pick<DataFor<'recoverypolicy.set'>, 'clocks' | 'rules' | 'otherwise' | 'escalateTo'>;

/** Who looks after recoveries, and how long each step may take. `decided`: the fact that says so; null for the usual one, which nobody has decided. */
export interface RecoveryPolicy extends Settings {
  readonly decided: EventRef | null;
}

/** Half a working day for the first look, a day for the first contact, a week for the close; whoever looks after the customer looks after its recoveries. */
export const usualPolicy: RecoveryPolicy = { decided: null, clocks: { look: 240, contact: 480, close: 2_400 }, rules: [] };

/** The policy in force after these decisions, in their order. */
export function policyAfter(decisions: readonly JourneyEvent[]): RecoveryPolicy {
  const last = decisions.findLast(({ type }) => type === 'recoverypolicy.set');
  if (!last) return usualPolicy;
  const { clocks, rules, otherwise, escalateTo } = last.data as DataFor<'recoverypolicy.set'>;
  return { clocks, rules, decided: { source: last.source, id: last.id }, ...(otherwise !== undefined && { otherwise }), ...(escalateTo !== undefined && { escalateTo }) };
}

/** When a tenant works, by these decisions, in their order. */
export function calendarAfter(decisions: readonly JourneyEvent[], timeZone: string): WorkingCalendar {
  const last = decisions.findLast(({ type }) => type === 'workinghours.set');
  if (!last) return { timeZone, week: usualWeek, holidays: [] };
  const { week, holidays, timeZone: own } = last.data as DataFor<'workinghours.set'>;
  return { timeZone: own ?? timeZone, week, holidays };
}

/** The working hours that counted at a moment. */
export type CalendarAt = (at: string) => WorkingCalendar;

/** What a clock is made with is what it is counted with: other hours, decided later, neither move its end nor change what is used of it. */
export const calendarsOf = (decisions: readonly JourneyEvent[], timeZone: string): CalendarAt =>
  (at) => calendarAfter(decisions.filter(({ observedAt }) => Date.parse(observedAt) <= Date.parse(at)), timeZone);

/** What the rules look at. */
export interface Concern {
  readonly queue?: string | undefined;
  readonly segment?: string | undefined;
  readonly customerOwner?: string | undefined;
  /** Name and kind of the questionnaire. */
  readonly instruments: readonly string[];
}

/** Who looks after it and who is told when a clock runs out, by the first rule that fits. */
export function looksAfter({ rules, otherwise, escalateTo }: RecoveryPolicy, concern: Concern): { owner?: string; escalateTo?: string } {
  const rule = rules.find(({ queues, segments, instruments, customerOwners }) => names(queues, concern.queue) && names(segments, concern.segment)
    && names(customerOwners, concern.customerOwner) && (!instruments || instruments.some((each) => concern.instruments.includes(each))));
  const owner = rule?.owner ?? concern.customerOwner ?? otherwise;
  const told = rule?.escalateTo ?? escalateTo;
  return { ...(owner !== undefined && { owner }), ...(told !== undefined && { escalateTo: told }) };
}

const names = (some: readonly string[] | undefined, value: string | undefined): boolean => !some || (value !== undefined && some.includes(value));

/** What a customer's facts say of a concern, as they stand: earliest first. */
export function concernOf(events: readonly JourneyEvent[], root: string, { ticket, instruments }: { readonly ticket?: string | undefined; readonly instruments: readonly string[] }): Concern {
  return {
    instruments, segment: segmentIn(events, root) ?? undefined, customerOwner: saidOf(events, root, 'owner', ['customer.registered', 'customer.owner-assigned']),
    queue: ticket === undefined ? undefined : lastOf(events, 'queue', ({ type, data }) => (type === 'ticket.opened' || type === 'ticket.assigned') && data['ticket'] === ticket),
  };
}
