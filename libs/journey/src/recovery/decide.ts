import { addWorkingTime, workingTimeBetween } from '../working-time/working-time.js';
import type { CalendarAt } from './policy.js';
import { madeAt, type Recovery } from './recovery.js';

/** What one of ours may do about a recovery. Free text and persons are as they are sent. */
export type RecoveryCommand =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'contact'; readonly how: string; readonly contact?: unknown; readonly note?: string }
  | { readonly do: 'cause'; readonly cause: string; readonly what?: string }
  | { readonly do: 'prevention'; readonly what?: string; readonly noneBecause?: string }
  | { readonly do: 'close'; readonly note?: string }
  | { readonly do: 'reopen'; readonly note?: string }
  | { readonly do: 'assign'; readonly owner: string; readonly note?: string }
  | { readonly do: 'link'; readonly ticket?: string; readonly other?: string };

/** A fact that is to be appended, in the customer's stream in which the recovery stands. */
export interface RecoveryFact {
  readonly type: `recovery.${string}`;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Why something cannot be done about a recovery. Codes are published: never renamed. */
export interface RecoveryRefusal {
  readonly refused: 'recovery-closed' | 'recovery-open' | 'recovery-looked-at' | 'recovery-not-contacted' | 'recovery-without-cause' | 'recovery-without-prevention' | 'recovery-same-owner' | 'recovery-linked';
  readonly say: string;
}

/** When it is done, and when we work, or worked then. */
export interface Moment { readonly now: string; readonly calendarAt: CalendarAt }

/**
 * A recovery is closed once the customer was contacted, the cause is known, and it was said what prevents it, or why nothing does: all of that since it was opened,
 * or opened again, because what was said before did not hold.
 */
export function decideRecovery(state: Recovery, command: RecoveryCommand, moment: Moment): RecoveryFact | RecoveryRefusal {
  const { do: what, ...said } = command;
  const fact = (name: string, data: object = said): RecoveryFact => ({ type: `recovery.${name}`, data: { recovery: state.id, ...stated(data) } });
  const from = state.reopenedAt ?? state.since;
  const worked = () => ({ worked: Math.floor(workingTimeBetween(from, later(moment.now, from), moment.calendarAt(madeAt(state, 'close')))) });
  if (what === 'reopen') return state.state === 'open' ? refused('recovery-open', 'It is open.') : fact('reopened', { ...said, ...reopening(state, 'by-hand', moment) });
  if (what === 'link') return linkRefusal(state, command) ?? fact('linked');
  if (state.state !== 'open') return refused('recovery-closed', `It is ${state.state}. Open it again first.`);
  switch (what) {
    case 'acknowledge': return state.clocks.look.doneAt === null ? fact('acknowledged', worked()) : refused('recovery-looked-at', 'Somebody has looked at it before.');
    case 'contact': return fact('contacted', { ...said, ...worked() });
    case 'cause': return fact('cause-identified', { ...said, ...worked() });
    case 'prevention': return fact('prevention-recorded', { ...said, ...worked() });
    case 'assign': return state.owner === command.owner ? refused('recovery-same-owner', `${command.owner} looks after it already.`) : fact('owner-assigned');
    case 'close': return closeRefusal(state) ?? fact('closed', { ...said, ...worked() });
  }
}

/** The clock of a recovery that is opened again. */
export function reopening({ clocks }: Recovery, reason: 'by-hand' | 'fix-disproved', { now, calendarAt }: Moment): { reason: string; minutes: number; by: string } {
  const { minutes } = clocks.close;
  return { reason, minutes, by: addWorkingTime(now, minutes, calendarAt(now)) };
}

/** The code is of what comes first; all that is missing is said. */
function closeRefusal({ done, reopenings }: Recovery): RecoveryRefusal | null {
  const again = reopenings > 0 ? ' since it was opened again' : '';
  const missing = [
    ...(done.contact ? [] : [refused('recovery-not-contacted', `Nobody has talked with the customer${again}.`)]),
    ...(done.cause ? [] : [refused('recovery-without-cause', `No cause was named${again}.`)]),
    ...(done.prevention ? [] : [refused('recovery-without-prevention', `It was not said what prevents the cause from coming back, nor why nothing does${again}.`)]),
  ];
  return missing[0] ? refused(missing[0].refused, missing.map(({ say }) => say).join(' ')) : null;
}

function linkRefusal(state: Recovery, { ticket, other }: { readonly ticket?: string; readonly other?: string }): RecoveryRefusal | null {
  if (other === state.id) return refused('recovery-linked', 'It cannot be linked to itself.');
  const linked = (ticket !== undefined && state.tickets.includes(ticket)) || (other !== undefined && state.others.includes(other));
  return linked ? refused('recovery-linked', `It is linked to ${ticket ?? other} already.`) : null;
}

const refused = (code: RecoveryRefusal['refused'], say: string): RecoveryRefusal => ({ refused: code, say });
/** What is left out is not said. */
export const stated = (data: object): Record<string, unknown> => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
/** The later of two moments. */
export const later = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);
