import type { DataFor } from '../catalogue.js';
import { comparePositions, type JourneyEvent, type Position } from '../envelope.js';
import type { ClockName } from './policy.js';

/** One clock: how long its step may take, and whether it is done. */
export interface Clock {
  readonly minutes: number;
  readonly by: string;
  readonly doneAt: string | null;
  /** Working minutes that it took. */
  readonly worked: number | null;
  readonly escalatedAt: string | null;
}

/** Something that is made good with a customer, by the facts about it. Times are RFC 3339; null where that has not happened. */
export interface Recovery {
  readonly id: string;
  /** The customer in whose stream it stands. */
  readonly customer: string;
  /** `withdrawn`: the answer that opened it was taken back, so nothing is to be made good. */
  readonly state: 'open' | 'closed' | 'withdrawn';
  readonly reasons: DataFor<'recovery.opened'>['reasons'];
  readonly since: string;
  readonly openedAt: string;
  readonly reopenedAt: string | null;
  readonly reopenings: number;
  readonly closedAt: string | null;
  readonly owner: string | null;
  readonly escalateTo: string | null;
  readonly clocks: Readonly<Record<ClockName, Clock>>;
  readonly answer: DataFor<'recovery.opened'>['answer'] | null;
  /** The askings whose answers it deals with: the one that opened it, and those that opened it again. */
  readonly surveys: readonly string[];
  readonly contact: string | null;
  readonly tickets: readonly string[];
  readonly others: readonly string[];
  /** Done since it was opened, or opened again. */
  readonly done: { readonly contact: boolean; readonly cause: boolean; readonly prevention: boolean };
  /** The latest cause; what was said of a prevention: that there is one, or why there is none. */
  readonly cause: string | null;
  readonly prevention: { readonly noneBecause: string | null } | null;
  /** What the next answer said of the latest close. */
  readonly proof: { readonly fix: 'confirmed' | 'disproved'; readonly at: string; readonly survey: string } | null;
  /** The latest fact about it: what a change must be based on; and when the latest of them happened, before which nothing new can. */
  readonly version: Position;
  readonly changedAt: string;
}

const NOTHING_DONE = { contact: false, cause: false, prevention: false } as const;
const ALL_DONE = { contact: true, cause: true, prevention: true } as const;
/** Reasons that are nobody's but the answer's. */
const OF_ANSWER = ['low-answer', 'wants-contact'];

/** What a fact makes of a recovery. What comes before the opening changes nothing; what was withdrawn may be opened anew. */
function evolveRecovery(before: Recovery | null, event: JourneyEvent): Recovery | null {
  if (event.type === 'recovery.opened') return before && before.state !== 'withdrawn' ? before : opened(event);
  if (!before) return null;
  const { type, occurredAt: at, data } = event;
  const state: Recovery = { ...before, version: comparePositions(before.version, event.position) > 0 ? before.version : event.position, changedAt: at };
  const worked = data['worked'] as number;
  switch (type) {
    case 'recovery.acknowledged': return looked(state, at, worked);
    case 'recovery.contacted': return stopped(looked({ ...state, done: { ...state.done, contact: true } }, at, worked), 'contact', at, worked);
    case 'recovery.cause-identified': return looked({ ...state, cause: String(data['cause']), done: { ...state.done, cause: true } }, at, worked);
    case 'recovery.prevention-recorded': return looked({ ...state, prevention: { noneBecause: (data['noneBecause'] as string | undefined) ?? null }, done: { ...state.done, prevention: true } }, at, worked);
    case 'recovery.closed': return state.state === 'closed' ? state : { ...stopped(state, 'close', at, worked), state: 'closed', closedAt: at, proof: null };
    case 'recovery.reopened': return reopened(state, event);
    case 'recovery.owner-assigned': return { ...state, owner: String(data['owner']) };
    case 'recovery.escalated': return withClock(state, data['clock'] as ClockName, (clock) => ({ ...clock, escalatedAt: clock.escalatedAt ?? at }));
    case 'recovery.fix-confirmed': return { ...state, proof: { fix: 'confirmed', at, survey: String(data['survey']) } };
    case 'recovery.fix-disproved': return { ...state, proof: { fix: 'disproved', at, survey: String(data['survey']) } };
    case 'recovery.answer-withdrawn': return withoutAnswer(state, String(data['survey']));
    case 'recovery.linked': return { ...state, tickets: added(state.tickets, data['ticket']), others: added(state.others, data['other']) };
    default: return state;
  }
}

/** A recovery by all facts about it, in the order in which they happened; null where it was not opened. The opening counts first, for the clocks of two machines may differ. */
export function recoveryOf(facts: readonly JourneyEvent[]): Recovery | null {
  const opening = facts.find(({ type }) => type === 'recovery.opened');
  return opening ? facts.reduce(evolveRecovery, evolveRecovery(null, opening)) : null;
}

/** Every recovery that these facts tell of, by its number. */
export function recoveriesIn(events: readonly JourneyEvent[]): Map<string, Recovery> {
  const facts = new Map<string, JourneyEvent[]>();
  for (const event of events) {
    if (!event.type.startsWith('recovery.')) continue;
    const id = String(event.data['recovery']);
    facts.set(id, [...facts.get(id) ?? [], event]);
  }
  return new Map([...facts].flatMap(([id, about]) => {
    const recovery = recoveryOf(about);
    return recovery ? [[id, recovery]] : [];
  }));
}

function opened({ data, occurredAt, position, stream }: JourneyEvent): Recovery {
  const { recovery: id, reasons, since, clocks, owner = null, escalateTo = null, answer = null, ticket, contact } = data as DataFor<'recovery.opened'>;
  const clock = (name: ClockName): Clock => {
    const { minutes, by } = clocks.find((each) => each.clock === name)!;
    return { minutes, by, doneAt: null, worked: null, escalatedAt: null };
  };
  return {
    id, customer: stream.id, state: 'open', reasons, since, openedAt: occurredAt, reopenedAt: null, reopenings: 0, closedAt: null, owner, escalateTo,
    clocks: { look: clock('look'), contact: clock('contact'), close: clock('close') }, answer, surveys: answer ? [answer.survey] : [],
    contact: (contact as string | undefined) ?? null, tickets: ticket === undefined ? [] : [ticket], others: [], done: NOTHING_DONE, cause: null, prevention: null, proof: null, version: position, changedAt: occurredAt,
  };
}

/** Whether it deals with that answer: one that opened it stands in its own stream, one that opened it again may stand in that of a merged customer. */
export const dealsWith = ({ surveys, customer, answer }: Recovery, survey: string, stream: string): boolean =>
  surveys.includes(survey) && (stream === customer || answer?.survey !== survey);

/** Open only because of an answer that is gone, it is nothing; opened again because of one, it is as it was before; and what a gone answer proved is not proved. */
export function withoutAnswer(state: Recovery, survey: string): Recovery {
  const { proof, reasons, reopenings, answer } = state;
  if (proof?.survey === survey) return { ...state, proof: null, ...(proof.fix === 'disproved' && state.state === 'open' && { done: ALL_DONE }) };
  const isNothing = state.state === 'open' && reopenings === 0 && answer?.survey === survey && reasons.every((reason) => OF_ANSWER.includes(reason));
  return isNothing ? { ...state, state: 'withdrawn' } : state;
}

/** The answer that disproves it opens it again, and is dealt with by it from then on. */
function reopened(before: Recovery, { data, occurredAt }: JourneyEvent): Recovery {
  const { minutes, by, reason } = data as DataFor<'recovery.reopened'>;
  const state = reason === 'fix-disproved' ? { ...before, surveys: added(before.surveys, before.proof?.survey) } : before;
  if (state.state === 'open') return state;
  const anew = withClock(reason === 'by-hand' ? { ...state, proof: null } : state, 'close', () => ({ minutes, by, doneAt: null, worked: null, escalatedAt: null }));
  return { ...anew, state: 'open', closedAt: null, reopenedAt: occurredAt, reopenings: state.reopenings + 1, done: NOTHING_DONE };
}

/** When the end of a clock was decided: the last one's anew where it was opened again. */
export const madeAt = ({ openedAt, reopenedAt }: Pick<Recovery, 'openedAt' | 'reopenedAt'>, clock: ClockName): string => (clock === 'close' ? reopenedAt ?? openedAt : openedAt);

/** Whoever does something about it has looked at it. */
const looked = (state: Recovery, at: string, worked: number): Recovery => stopped(state, 'look', at, worked);

/** The first time counts. */
const stopped = (state: Recovery, name: ClockName, at: string, worked: number): Recovery =>
  withClock(state, name, (clock) => (clock.doneAt === null ? { ...clock, doneAt: at, worked } : clock));

const withClock = (state: Recovery, name: ClockName, change: (clock: Clock) => Clock): Recovery => ({ ...state, clocks: { ...state.clocks, [name]: change(state.clocks[name]) } });

const added = (list: readonly string[], value: unknown): readonly string[] => (typeof value !== 'string' || list.includes(value) ? list : [...list, value]);
