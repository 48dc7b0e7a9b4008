import type { Answer } from './answer.js';

/** What one of ours may do with an answer. */
export type AnswerCommand =
  | { readonly do: 'view'; readonly viewer: string; readonly role: string }
  | { readonly do: 'complaint'; readonly note?: string }
  | { readonly do: 'set-aside'; readonly reason: string; readonly note?: string };

export interface AnswerFact { readonly type: 'survey.response-viewed' | 'survey.marked-complaint' | 'survey.set-aside'; readonly data: Readonly<Record<string, unknown>> }

/** Why something cannot be done with an answer; the code is stable. */
export interface AnswerRefusal { readonly refused: 'not-answered' | 'already-complaint' | 'is-complaint' | 'already-set-aside'; readonly say: string }

/**
 * An answer is read once by each viewer, and once more after it was revised (null: nothing new). Whoever marks it, or sets it aside, must find an answer; a complaint
 * cannot be set aside, because its recovery deals with it, while what was set aside can still turn out to be a complaint.
 */
export function decideAnswer(state: Answer, survey: string, command: AnswerCommand): AnswerFact | AnswerRefusal | null {
  if (state.fact === null) return { refused: 'not-answered', say: `Survey ${survey} has no answer.` };
  const contact = state.fact.data['contact'];
  const about = { survey, ...(contact === undefined ? {} : { contact }) };
  if (command.do === 'view') {
    const { viewer, role } = command;
    return hasSeen(state, viewer) ? null : { type: 'survey.response-viewed', data: { survey, viewer, role } };
  }
  const note = command.note === undefined ? {} : { note: command.note };
  if (command.do === 'complaint') {
    if (state.complaintAt !== null) return { refused: 'already-complaint', say: 'This answer was marked as a complaint before.' };
    return { type: 'survey.marked-complaint', data: { ...about, ...note } };
  }
  if (state.complaintAt !== null) return { refused: 'is-complaint', say: 'This answer is a complaint: what comes of it is written down in its recovery.' };
  if (state.setAside !== null) return { refused: 'already-set-aside', say: 'This answer was set aside before.' };
  return { type: 'survey.set-aside', data: { ...about, reason: command.reason, ...note } };
}

/** Whether this viewer has seen the answer that counts. */
const hasSeen = (state: Answer, viewer: string): boolean => state.viewers.some((each) => each.viewer === viewer && each.lastAt >= (state.revisedAt ?? ''));
