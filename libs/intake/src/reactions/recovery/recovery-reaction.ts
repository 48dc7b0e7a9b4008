import { createHash } from 'node:crypto';
import { type AgendaItem, type Answer, isHistory, type KnownStory, type Outcome, type Reaction, type ReactionWork } from '#event-store';
import { type AnsweringFact, calendarsOf, type ClockName, clockNames, escalation, firstLook, followsFrom, type JourneyEvent, policyAfter, recoveriesIn, RECOVERY_POLICY, withdrawals, WORKING_HOURS } from '#journey';

const ANSWER = 'answer:';
const ANSWERS = ['survey.responded', 'survey.response-revised'];
const COMPLAINT = 'survey.marked-complaint';
const VIEWED = 'survey.response-viewed';
const TAKEN_BACK = 'record.retracted';

/**
 * Opens a recovery for an answer that is below the bar, asks to be contacted, or was taken for a complaint; says that somebody read it, what later answers prove, that a clock ran out,
 * and that an answer was taken back.
 * Deadlines stand in the facts themselves: a later policy does not move them.
 */
export const recoveryReaction: Reaction = {
  name: 'recovery',
  types: [...ANSWERS, COMPLAINT, VIEWED, 'record.amended', TAKEN_BACK, 'recovery.opened', 'recovery.reopened'],

  due({ type, data, occurredAt }) {
    if (type === 'recovery.opened') return (data['clocks'] as { clock: string; by: string }[]).map(({ clock, by }) => ({ subject: `${clock}:${String(data['recovery'])}`, at: by }));
    if (type === 'recovery.reopened') return [{ subject: `close:${String(data['recovery'])}`, at: String(data['by']) }];
    if (type === TAKEN_BACK) return [{ subject: TAKEN_BACK, at: occurredAt }];
    const { survey } = (type === 'record.amended' ? data['data'] : data) as { survey?: unknown };
    return typeof survey === 'string' ? [{ subject: `${ANSWER}${survey}`, at: occurredAt }] : [];
  },

  async act(item, work) {
    const story = await work.story(item.customer);
    if (item.subject === TAKEN_BACK) return onTakenBack(item, work, story);
    return item.subject.startsWith(ANSWER) ? onAnswer(item, work, story) : { facts: onClock(item, work, story) };
  },
};

async function onAnswer(item: AgendaItem, { now, tenant, stream }: ReactionWork, { root, revision, events }: KnownStory): Promise<Outcome> {
  const survey = item.subject.slice(ANSWER.length);
  const event = item.cause.type === 'record.amended' ? amended(item, survey, events) : events.find(({ source, id }) => source === item.cause.source && id === item.cause.id);
  if (!event) return {};
  const calendarAt = await calendarOf({ tenant, stream });
  if (event.type === VIEWED) return { facts: [firstLook(event, { events, calendarAt })].flatMap((fact) => (fact ? [answerOf(fact, item, revision)] : [])) };
  const around = { events, root, now: now.toISOString(), policy: policyAfter(await stream(RECOVERY_POLICY.category, RECOVERY_POLICY.id)), calendarAt };
  const amendment = item.cause.type === 'record.amended' ? { source: item.cause.source, id: item.cause.id } : undefined;
  return { facts: followsFrom(event, recoveryIdOf(event.stream, survey), around, amendment).map((fact) => answerOf(fact, item, revision)) };
}

async function onTakenBack(item: AgendaItem, { now, ...work }: ReactionWork, { revision, events }: KnownStory): Promise<Outcome> {
  const { source, id } = item.cause;
  return { facts: withdrawals({ source, id }, { events, now: now.toISOString(), calendarAt: await calendarOf(work) }).map((fact) => answerOf(fact, item, revision)) };
}

const calendarOf = async ({ tenant, stream }: Pick<ReactionWork, 'tenant' | 'stream'>) => calendarsOf(await stream(WORKING_HOURS.category, WORKING_HOURS.id), tenant.timeZone);

/** The answer that counts, as of when it was amended; nothing where it is history. */
function amended({ customer, cause }: AgendaItem, survey: string, events: readonly JourneyEvent[]): JourneyEvent | undefined {
  const answer = events.findLast(({ type, data, stream }) => ANSWERS.includes(type) && data['survey'] === survey && stream.id === customer);
  return answer && !isHistory({ ...answer, recordedAt: cause.occurredAt }) ? { ...answer, observedAt: cause.occurredAt } : undefined;
}

function onClock(item: AgendaItem, { now }: ReactionWork, { revision, events }: KnownStory): Answer[] {
  const clock = clockNames.find((name) => item.subject.startsWith(`${name}:`)) as ClockName;
  const recovery = recoveriesIn(events).get(item.subject.slice(clock.length + 1));
  const fact = recovery && escalation(recovery, clock, now.toISOString());
  return fact ? [answerOf(fact, item, revision)] : [];
}

/** Whoever changes the customer's stream meanwhile is heard first. */
const answerOf = ({ type, data, customer, at }: AnsweringFact, item: AgendaItem, revision: number): Answer => ({
  type, data, customer, occurredAt: at, key: String(data['recovery']), ...(customer === item.customer && { expected: revision }),
});

/** One answer has one recovery: its number is made of whose answer it is, and to which asking. */
const recoveryIdOf = ({ tenant, id }: JourneyEvent['stream'], survey: string): string => `R-${createHash('sha256').update(JSON.stringify([tenant, id, survey])).digest('hex').slice(0, 16)}`;
