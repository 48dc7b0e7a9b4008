import type { JourneyEvent } from '../envelope.js';

/** One department's turn with a piece of feedback. Times are RFC 3339; null where that has not happened. */
export interface Turn {
  readonly department: string;
  readonly routedAt: string;
  /** An answer without an acceptance before it accepts, too. */
  readonly acceptedAt: string | null;
  readonly answeredAt: string | null;
  readonly declinedAt: string | null;
  readonly reason: string | null;
  /** When it was sent on to another department. */
  readonly movedAt: string | null;
}

/** Where a piece of feedback stands, by the facts about it. */
export interface Feedback {
  readonly raisedAt: string | null;
  /** The turns of the departments, in their order. */
  readonly turns: readonly Turn[];
  readonly themes: readonly string[];
  /** When the customer learned what became of it, from us or by an answer that went to them. */
  readonly toldAt: string | null;
}

export const noFeedback: Feedback = { raisedAt: null, turns: [], themes: [], toldAt: null };

type Fact = Pick<JourneyEvent, 'type' | 'occurredAt' | 'data'>;

/**
 * What a fact makes of a piece of feedback. Facts of other systems may come in any order, so none is refused: what was said of it before it was
 * raised raises it, and an acceptance, a refusal or an answer of a department that it was never sent to begins that department's turn.
 */
export function evolveFeedback(state: Feedback, { type, occurredAt: at, data }: Fact): Feedback {
  const raised = { ...state, raisedAt: state.raisedAt ?? at };
  const department = String(data['department']);
  switch (type) {
    case 'feedback.themed': return { ...raised, themes: data['themes'] as string[] };
    case 'feedback.customer-told': return { ...raised, toldAt: raised.toldAt ?? at };
    case 'feedback.routed': return inTurn(raised, department, at, (turn) => turn);
    case 'feedback.accepted': return inTurn(raised, department, at, (turn) => ({ ...turn, acceptedAt: turn.acceptedAt ?? at }));
    case 'feedback.declined': return inTurn(raised, department, at, (turn) => ({ ...turn, declinedAt: turn.declinedAt ?? at, reason: turn.reason ?? String(data['reason']) }));
    case 'feedback.answered': return inTurn(data['to'] === undefined ? raised : { ...raised, toldAt: raised.toldAt ?? at }, department, at,
      (turn) => ({ ...turn, acceptedAt: turn.acceptedAt ?? at, answeredAt: turn.answeredAt ?? at }));
    default: return raised;
  }
}

/** The last turn if it is this department's and not over, else a new one; a turn before it that was still going on is over then. */
function inTurn(state: Feedback, department: string, at: string, change: (turn: Turn) => Turn): Feedback {
  const last = state.turns.at(-1);
  if (last && last.department === department && isOpen(last)) return { ...state, turns: [...state.turns.slice(0, -1), change(last)] };
  const before = last && isOpen(last) ? [...state.turns.slice(0, -1), { ...last, movedAt: at }] : state.turns;
  return { ...state, turns: [...before, change({ department, routedAt: at, acceptedAt: null, answeredAt: null, declinedAt: null, reason: null, movedAt: null })] };
}

/** Whether the department is still to answer. */
export const isOpen = ({ answeredAt, declinedAt, movedAt }: Turn): boolean => answeredAt === null && declinedAt === null && movedAt === null;

export const feedbackSteps = ['raised', 'routed', 'accepted', 'declined', 'answered', 'told'] as const;
export type FeedbackStep = (typeof feedbackSteps)[number];

/** How far it has come: the customer was told, or what the last department did. */
export function stepOf({ turns, toldAt }: Feedback): FeedbackStep {
  const last = turns.at(-1);
  if (toldAt !== null) return 'told';
  if (!last) return 'raised';
  if (last.answeredAt !== null) return 'answered';
  if (last.declinedAt !== null) return 'declined';
  return last.acceptedAt !== null ? 'accepted' : 'routed';
}
