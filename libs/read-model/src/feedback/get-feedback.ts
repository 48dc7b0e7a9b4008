import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { eventWords } from '#insight';
import { evolveFeedback, type Feedback, type JourneyEvent, noFeedback } from '#journey';
import { toldOf } from '../answers/told-of.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { isCode, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import { recoverySettings } from '../recoveries/settings.js';
import { departmentsOf } from './departments.js';
import { type FeedbackLine, type FeedbackRead, feedbackRows, linesOf } from './list-feedback.js';

/** One step of a piece of feedback. */
export interface FeedbackStory {
  readonly at: string;
  readonly type: string;
  readonly words: string;
  readonly department: string | null;
  readonly by: { readonly kind: string; readonly id: string };
  /** What was answered or noted; null where nothing was, or it was erased. */
  readonly said: string | null;
  readonly reason: string | null;
  readonly source: string;
  readonly id: string;
}

export interface FeedbackAnswer extends FeedbackLine { readonly story: readonly FeedbackStory[] }

interface WhichFeedback {
  readonly tenant: string;
  readonly feedback: string;
}

export class GetFeedback extends Query<FeedbackAnswer> {
  constructor(readonly options: WhichFeedback) {
    super();
  }
}

const TYPES = ['request-raised', 'themed', 'routed', 'accepted', 'declined', 'answered', 'customer-told'].map((what) => `feedback.${what}`);

/** One piece of feedback with its whole story. */
export async function getFeedback(model: ReadModelOptions, { tenant, feedback }: WhichFeedback): Promise<FeedbackAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const row = await rowOf(sql, tenant, feedback);
    const facts = await factsOf(model, sql, { tenant, feedback }, row.customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const [line] = await linesOf(model, sql, tenant, [row], { now: calendar.now, work: (await recoverySettings(sql, tenant)).calendar });
    return { ...line!, story: facts.map(stepOf) };
  });
}

/** What the log says of a piece of feedback at this moment, so that who decides does not wait for rows. */
export interface FoundFeedback {
  /** In whose stream it was raised. */
  readonly customer: string;
  readonly state: Feedback;
  /** So many facts were ever told about it, whatever became of them. */
  readonly told: number;
  /** The departments that there are. */
  readonly departments: ReadonlySet<string>;
}

export class FindFeedback extends Query<FoundFeedback> {
  constructor(readonly options: WhichFeedback) {
    super();
  }
}

export async function findFeedback(model: ReadModelOptions, which: WhichFeedback): Promise<FoundFeedback> {
  const { tenant, feedback } = which;
  return read(model.reader, tenant, async (sql) => {
    const { customer } = await rowOf(sql, tenant, feedback);
    const facts = await factsOf(model, sql, which, customer);
    const { members } = await togetherOf(sql, tenant, customer);
    const stored = await storyOf(sql, tenant, { members }, TYPES);
    return {
      customer: facts[0]?.stream.id ?? customer, state: facts.reduce(evolveFeedback, noFeedback), told: stored.filter(({ data }) => data['feedback'] === feedback).length,
      departments: new Set((await departmentsOf(sql, tenant)).keys()),
    };
  });
}

/** @throws QueryRefused where there is none. Two customers never share a number of ours; of another system's, the first is meant. */
async function rowOf(sql: Sql, tenant: string, feedback: string): Promise<FeedbackRead> {
  const [row] = isCode(feedback) ? await feedbackRows(sql, tenant, 'entity = $2', [feedback]) : [];
  if (!row) throw new QueryRefused('feedback-unknown', `No feedback ${JSON.stringify(feedback)} is known.`);
  return row;
}

async function factsOf(model: Pick<ReadModelOptions, 'keys'>, sql: Sql, { tenant, feedback }: WhichFeedback, customer: string): Promise<JourneyEvent[]> {
  return ((await toldOf(model, sql, tenant, [customer], TYPES)).get(customer) ?? []).filter(({ type, data }) => type.startsWith('feedback.') && data['feedback'] === feedback);
}

function stepOf({ occurredAt, type, actor, data, source, id }: JourneyEvent): FeedbackStory {
  const text = (field: string) => (data[field] as string | null | undefined) ?? null;
  return { at: occurredAt, type, words: eventWords(type), department: text('department'), by: actor, said: text('what') ?? text('note'), reason: text('reason'), source, id };
}
