import { Query } from '@nestjs/cqrs';
import { type JourneyEvent, type Viewer } from '#journey';
import { eventWords } from '#insight';
import { type FeedbackLine, feedbackOf } from '../feedback/list-feedback.js';
import { read, type ReadModelOptions } from '../reading.js';
import { type Calendar, calendarOf } from '../tenant.js';
import { recoverySettings } from '../recoveries/settings.js';
import { type AnswerLine, type AnswerRead, lineOf } from './answer-line.js';
import { answersFrom } from './answers-from.js';
import { answerIn, customerWithAnswer, type WhichAnswer } from './find-answer.js';
import { AROUND, toldOf } from './told-of.js';

/** One step of what happened to an answer. */
export interface AnswerStep {
  readonly at: string;
  readonly type: string;
  /** As a clause: "a survey was answered". */
  readonly words: string;
  readonly by: { readonly kind: string; readonly id: string };
  readonly score: number | null;
  /** What was written or noted; null where nothing was, or it was erased. */
  readonly said: string | null;
  readonly source: string;
  readonly id: string;
}

export interface AnswerAnswer extends AnswerLine {
  readonly today: Calendar['today'];
  readonly story: readonly AnswerStep[];
  /** What was sent to departments out of it. */
  readonly feedback: readonly FeedbackLine[];
}

export class GetAnswer extends Query<AnswerAnswer> {
  constructor(readonly options: WhichAnswer) {
    super();
  }
}

/** One answer with everything that came of it. What was done with it is told from the log, so who does something sees it at once. */
export async function getAnswer(model: ReadModelOptions, which: WhichAnswer): Promise<AnswerAnswer> {
  const { tenant, survey } = which;
  return read(model.reader, tenant, async (sql) => {
    const customer = await customerWithAnswer(sql, which);
    const { state, facts } = await answerIn(model, sql, which, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const work = (await recoverySettings(sql, tenant)).calendar;
    const { text, values } = await answersFrom(sql, tenant, { customer });
    const [row] = await sql.query<AnswerRead>(`select * from ${text} where entity = $6`, [...values, survey]);
    const told = await toldOf(model, sql, tenant, [customer], AROUND);
    const feedback = await feedbackOf(model, sql, tenant, { customer, survey, now: calendar.now, work });
    const now: AnswerRead = {
      ...row!, done: row!.done || state.setAside !== null, viewers: state.viewers as Viewer[], viewed_at: dateOf(state.viewedAt), complaint_at: dateOf(state.complaintAt),
      set_aside_at: dateOf(state.setAside?.at ?? null), set_aside_reason: state.setAside?.reason ?? null,
    };
    return { ...lineOf(now, [...told.get(customer) ?? [], ...facts], { now: calendar.now, work }), today: calendar.today, story: facts.map(stepOf), feedback };
  });
}

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

function stepOf({ occurredAt, type, actor, data, source, id }: JourneyEvent): AnswerStep {
  return {
    at: occurredAt, type, words: eventWords(type), by: actor, score: (data['score'] as number | undefined) ?? null,
    said: (data['verbatim'] as string | null | undefined) ?? (data['note'] as string | null | undefined) ?? null, source, id,
  };
}
