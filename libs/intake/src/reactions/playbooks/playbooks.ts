import { type AgendaItem, type Outcome, type Reaction, type ReactionWork, readPositions } from '#event-store';
import { answering, calendarAfter, causeOf, dateIn, type JourneyEvent, parsePosition, playbookCauses, playbooksAfter, PLAYBOOKS, segmentIn, tasksFor, tasksOf, upcast, WORKING_HOURS } from '#journey';
import { isUnread, ripe } from './unread.js';

/** Makes the tasks that playbooks want: once per fact and step, and not while the same task is open for the customer. */
export const playbooks: Reaction = {
  name: 'playbooks',
  types: playbookCauses,
  due: (event) => (causeOf(event) ? [{ subject: customerOf(event), at: event.recordedAt }] : []),
  act,
};

/** What is derived stands in a stream of its own and names its customer. */
const customerOf = ({ stream, data }: JourneyEvent): string => (stream.category === 'customer' ? stream.id : String(data['customer']));

async function act({ subject, cause }: AgendaItem, work: ReactionWork): Promise<Outcome> {
  const [stored] = await work.read((sql) => readPositions(sql, work.tenant.id, [parsePosition(cause.position).n]));
  if (!stored) return {};
  const asked = await work.story(subject);
  const story = asked.root === subject ? asked : await work.story(asked.root);
  // What was taken back or corrected meanwhile is answered as it stands, or not at all.
  const event = stored.stream.category === 'customer' ? story.events.find(({ position }) => position === stored.position) : upcast(stored);
  const when = event ? causeOf(event) : null;
  if (!event || !when) return {};
  const wanted = answering(playbooksAfter(await work.stream(PLAYBOOKS.category, PLAYBOOKS.id)), when, segmentIn(story.events, story.root));
  if (wanted.length === 0 || (when.kind === 'answer-unread' && !isUnread(story.events, event))) return {};
  const calendar = calendarAfter(await work.stream(WORKING_HOURS.category, WORKING_HOURS.id), work.tenant.timeZone);
  const today = work.tenant.pinnedDay ?? dateIn(work.tenant.timeZone, work.now.toISOString());
  const { now, again } = when.kind === 'answer-unread' ? ripe(wanted, event.occurredAt, { today, calendar }) : { now: wanted, again: undefined };
  const facts = tasksFor(event, now, { tasks: tasksOf(story.events), today, calendar });
  return {
    facts: facts.map(({ type, data }) => ({ type, data, customer: story.root, expected: story.revision, key: String(data['task']) })),
    ...(again !== undefined && { again: Date.parse(again) > work.now.getTime() ? again : new Date(work.now.getTime() + LATER_MS).toISOString() }),
  };
}

/** Where a day is pinned, the clock says nothing of when it will come. */
const LATER_MS = 3_600_000;
