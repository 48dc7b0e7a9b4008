import type { DataFor } from '../catalogue.js';
import { barOf, verdictOf } from '../answer/verdict.js';
import type { EventRef, JourneyEvent } from '../envelope.js';
import { addWorkingTime } from '../working-time/working-time.js';
import { decideRecovery, later, type Moment, type RecoveryFact, reopening, stated } from './decide.js';
import { type ClockName, clockNames, concernOf, looksAfter, type RecoveryPolicy } from './policy.js';
import { dealsWith, recoveriesIn, type Recovery, withoutAnswer } from './recovery.js';

type AnswerData = DataFor<'survey.responded'>;

/** What is decided with: the story of the customer (facts as they stand, earliest first, merged ones too), and who it is. */
export interface Surroundings extends Moment {
  readonly events: readonly JourneyEvent[];
  readonly root: string;
  readonly policy: RecoveryPolicy;
}

/** A fact that answers, in whose stream it belongs, and when it happens: not before what is known of the recovery. */
export interface AnsweringFact extends RecoveryFact { readonly customer: string; readonly at: string }

/** The latest answer to the same asking. */
const answerBehind = ({ data, stream }: JourneyEvent, events: readonly JourneyEvent[]): JourneyEvent | undefined =>
  events.findLast((each) => isAnswer(each) && each.data['survey'] === data['survey'] && each.stream.id === stream.id);

const COMPLAINT = 'survey.marked-complaint';
const isAnswer = ({ type }: JourneyEvent): boolean => type === 'survey.responded' || type === 'survey.response-revised';

/**
 * What follows from an answer, a revised answer, one that was amended (by the fact `amendment`), or that somebody took one for a complaint. One answer has one recovery, ever.
 * If the same person's latest recovery was closed before and not yet proved, or proved by nothing but this answer, the answer proves it or, if it is a miss or a complaint,
 * disproves it: then that one is opened again, and no other is opened.
 */
export function followsFrom(event: JourneyEvent, id: string, around: Surroundings, amendment?: EventRef): AnsweringFact[] {
  const answer = isAnswer(event) ? event : answerBehind(event, around.events);
  const survey = String(event.data['survey']);
  const all = [...recoveriesIn(around.events).values()];
  const own = ownOf(event, all);
  const because = amendment ?? { source: event.source, id: event.id };
  const complaint = event.type === COMPLAINT;
  const score = (answer?.data as AnswerData | undefined)?.score;
  const reasons = reasonsOf(answer, complaint);
  const proofs = proofsOf(event, answer, { all, own, isBad: reasons.some((reason) => reason !== 'wants-contact'), because, around });
  if (proofs.some(({ type }) => type === 'recovery.reopened')) return proofs;
  const isChanged = event.type === 'survey.response-revised' || amendment !== undefined;
  if (own) return [...proofs, ...(isChanged ? revisionOf(own, { survey, score, because }, around, amendment !== undefined) : [])];
  return reasons.length === 0 ? proofs : [...proofs, opening(event, answer, { id, reasons, because }, around)];
}

/** That somebody read the answer is the first look at its recovery; null where that was looked at before, or there is none. */
export function firstLook({ data, stream, occurredAt, source, id }: JourneyEvent, { events, calendarAt }: Pick<Surroundings, 'events' | 'calendarAt'>): AnsweringFact | null {
  const own = ownOf({ data, stream }, [...recoveriesIn(events).values()]);
  if (!own) return null;
  const decided = decideRecovery(own, { do: 'acknowledge' }, { now: occurredAt, calendarAt });
  return 'refused' in decided ? null : { type: decided.type, data: { ...decided.data, viewer: data['viewer'], because: { source, id } }, ...place(own, occurredAt) };
}

/** The recovery of an answer; one that was withdrawn is nobody's. */
const ownOf = ({ data, stream }: Pick<JourneyEvent, 'data' | 'stream'>, all: readonly Recovery[]): Recovery | undefined =>
  all.find((each) => each.state !== 'withdrawn' && dealsWith(each, String(data['survey']), stream.id));

/** Why a fact, by itself, would open a recovery, were it not history. */
export const opensRecovery = (event: JourneyEvent): boolean => reasonsOf(isAnswer(event) ? event : undefined, event.type === COMPLAINT).length > 0;

function reasonsOf(answer: JourneyEvent | undefined, complaint: boolean): string[] {
  const { instrument, score, wantsContact } = { ...answer?.data } as Partial<AnswerData>;
  const isMiss = instrument !== undefined && verdictOf(instrument, score!) === 'miss';
  return [...(isMiss ? ['low-answer'] : []), ...(wantsContact ? ['wants-contact'] : []), ...(complaint ? ['complaint'] : [])];
}

/** What the answer says of recoveries of the same person that were closed before it. */
function proofsOf(event: JourneyEvent, answer: JourneyEvent | undefined, { all, own, isBad, because, around }: { all: readonly Recovery[]; own: Recovery | undefined; isBad: boolean; because: object; around: Surroundings }): AnsweringFact[] {
  const contact = (answer ?? event).data['contact'];
  const survey = String(event.data['survey']);
  const isConfirmed = ({ proof }: Recovery) => proof?.fix === 'confirmed' && proof.survey === survey;
  const closed = all.filter((each) => each.state === 'closed' && (each.proof === null || isConfirmed(each)) && each.contact !== null && each.contact === contact && Date.parse(each.closedAt!) < Date.parse(event.occurredAt))
    .sort((a, b) => Date.parse(b.closedAt!) - Date.parse(a.closedAt!));
  const waiting = closed.filter(({ proof }) => proof === null);
  const about = { survey, ...(answer && { score: (answer.data as AnswerData).score }), because };
  if (!isBad) return answer ? waiting.map((each) => ({ type: 'recovery.fix-confirmed', ...place(each, around.now), data: { recovery: each.id, ...about } })) : [];
  const latest = own ? closed.find((each) => each === own) : closed[0];
  // What this answer confirmed it confirms no more, also where it opens another.
  return closed.filter((each) => each === latest || isConfirmed(each)).flatMap((each): AnsweringFact[] => [
    { type: 'recovery.fix-disproved', ...place(each, around.now), data: { recovery: each.id, ...about } },
    ...(each === latest ? [{ type: 'recovery.reopened' as const, ...place(each, around.now), data: { recovery: each.id, ...reopening(each, 'fix-disproved', around) } }] : []),
  ]);
}

/** Told unless the revision was answered before, or the amendment leaves the score as it was told last. */
function revisionOf(own: Recovery, about: { survey: string; score: number | undefined; because: EventRef }, { events, now }: Surroundings, isAmended: boolean): AnsweringFact[] {
  const facts = events.filter(({ type, data: { recovery } }) => type.startsWith('recovery.') && recovery === own.id);
  const told = facts.some(({ data: { because } }) => (because as EventRef | undefined)?.id === about.because.id && (because as EventRef).source === about.because.source);
  const scores = facts.map(({ data }) => (data['answer'] ?? data) as { survey?: string; score?: number }).filter(({ survey }) => survey === about.survey);
  return told || (isAmended && scores.at(-1)?.score === about.score) ? [] : [{ type: 'recovery.answer-revised', ...place(own, now), data: { recovery: own.id, ...about } }];
}

function opening(event: JourneyEvent, answer: JourneyEvent | undefined, { id, reasons, because }: { id: string; reasons: readonly string[]; because: object }, around: Surroundings): AnsweringFact {
  const { survey, instrument, score, ticket } = { ...answer?.data } as Partial<AnswerData>;
  const contact = answer?.data['contact'] ?? event.data['contact'];
  const concern = { ticket, instruments: instrument ? [instrument.kind, ...(instrument.name === undefined ? [] : [instrument.name])] : [] };
  return {
    type: 'recovery.opened', customer: event.stream.id, at: around.now,
    data: stated({
      ...openingOf(id, reasons, event.observedAt, { ...around, concern }), because, ticket, contact,
      answer: instrument && { survey, score, kind: instrument.kind, min: instrument.min, max: instrument.max, bar: barOf(instrument) },
    }),
  };
}

/** What every opening says: clocks, and by the rules who looks after it. */
export function openingOf(recovery: string, reasons: readonly string[], since: string, { events, root, policy, now, calendarAt, concern }: Surroundings & { readonly concern: { readonly ticket?: string | undefined; readonly instruments: readonly string[] } }) {
  return {
    recovery, reasons, since, clocks: clockNames.map((clock) => ({ clock, minutes: policy.clocks[clock], by: addWorkingTime(since, policy.clocks[clock], calendarAt(now)) })),
    ...looksAfter(policy, concernOf(events, root, concern)), ...(policy.decided && { policy: policy.decided }),
  };
}

/** That a clock ran out before its step was done; null where it did not, or that was said before. */
export function escalation(state: Recovery, clock: ClockName, now: string): AnsweringFact | null {
  const { by, doneAt, escalatedAt } = state.clocks[clock];
  if (state.state !== 'open' || doneAt !== null || escalatedAt !== null || Date.parse(by) > Date.parse(now)) return null;
  const { id, owner, escalateTo } = state;
  return { type: 'recovery.escalated', ...place(state, now), data: { recovery: id, clock, by, ...(owner !== null && { owner }), ...(escalateTo !== null && { to: escalateTo }) } };
}

/** What follows where answers were taken back: what they opened is withdrawn, what they proved is not proved, and what they opened again is closed as it was. */
export function withdrawals(because: EventRef, around: Pick<Surroundings, 'events' | 'now' | 'calendarAt'>): AnsweringFact[] {
  const standing = around.events.filter((event) => isAnswer(event) || event.type === COMPLAINT);
  return [...recoveriesIn(around.events).values()].flatMap((each): AnsweringFact[] => {
    const isGone = (survey: string) => !standing.some(({ data, stream }) => data['survey'] === survey && (each.answer?.survey !== survey || stream.id === each.customer));
    const survey = [each.proof?.survey, each.answer?.survey].find((one) => one !== undefined && isGone(one));
    const after = survey === undefined ? each : withoutAnswer(each, survey);
    if (after === each) return [];
    const closing = after.state === 'open' ? decideRecovery(after, { do: 'close' }, around) : undefined;
    return [
      { type: 'recovery.answer-withdrawn', ...place(each, around.now), data: { recovery: each.id, survey, because } },
      ...(closing && !('refused' in closing) ? [{ ...closing, ...place(each, around.now) }] : []),
    ];
  });
}

const place = ({ customer, changedAt }: Recovery, now: string) => ({ customer, at: later(now, changedAt) });
