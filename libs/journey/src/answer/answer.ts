import type { JourneyEvent } from '../envelope.js';
import { type Scale, type Verdict, verdictOf } from './verdict.js';

/** Who of ours read an answer, when first and when last. */
export interface Viewer { readonly viewer: string; readonly role: string | null; readonly at: string; readonly lastAt: string }

/** One asking and what came of it, by the facts about it. Times are RFC 3339; null where that has not happened. */
export interface Answer {
  readonly state: 'requested' | 'sent' | 'suppressed' | 'expired' | 'answered';
  readonly scale: (Scale & { readonly name?: string; readonly id?: string; readonly version?: number }) | null;
  readonly score: number | null;
  readonly verdict: Verdict | null;
  /** The fact that holds the answer that counts: the latest. */
  readonly fact: JourneyEvent | null;
  readonly requestedAt: string | null;
  readonly sentAt: string | null;
  /** The first answer, and the latest revision of it. */
  readonly answeredAt: string | null;
  readonly revisedAt: string | null;
  readonly suppressed: string | null;
  readonly viewers: readonly Viewer[];
  /** The first look at any answer, and the first at the one that counts. */
  readonly firstViewedAt: string | null;
  readonly viewedAt: string | null;
  readonly complaintAt: string | null;
  readonly setAside: { readonly at: string; readonly reason: string } | null;
}

export const noAnswer: Answer = {
  state: 'requested', scale: null, score: null, verdict: null, fact: null, requestedAt: null, sentAt: null, answeredAt: null, revisedAt: null, suppressed: null,
  viewers: [], firstViewedAt: null, viewedAt: null, complaintAt: null, setAside: null,
};

/** What a fact makes of one asking. Facts come in the order in which they happened. */
export function evolveAnswer(state: Answer, event: JourneyEvent): Answer {
  const { type, occurredAt: at, data } = event;
  const scale = (data['instrument'] as Answer['scale'] | undefined) ?? state.scale;
  const isAnswered = state.answeredAt !== null;
  switch (type) {
    case 'survey.requested': return { ...state, scale, requestedAt: state.requestedAt ?? at };
    case 'survey.sent': return { ...state, scale, sentAt: state.sentAt ?? at, state: isAnswered ? 'answered' : 'sent' };
    case 'survey.suppressed': return { ...state, suppressed: String(data['reason']), state: isAnswered ? 'answered' : 'suppressed' };
    case 'survey.expired': return { ...state, state: isAnswered ? 'answered' : 'expired' };
    case 'survey.responded': case 'survey.response-revised': return answered(state, event, scale!);
    case 'survey.response-viewed': return viewed(state, { viewer: String(data['viewer']), role: (data['role'] as string | undefined) ?? null, at, lastAt: at });
    case 'survey.marked-complaint': return { ...state, complaintAt: state.complaintAt ?? at };
    case 'survey.set-aside': return { ...state, setAside: state.setAside ?? { at, reason: String(data['reason']) } };
    default: return state;
  }
}

/** A revision is read anew: that somebody knew the answer before it does not count. */
function answered(state: Answer, event: JourneyEvent, scale: Scale): Answer {
  const score = event.data['score'] as number;
  const isFirst = state.answeredAt === null;
  return {
    ...state, scale, score, verdict: verdictOf(scale, score), fact: event, state: 'answered',
    answeredAt: state.answeredAt ?? event.occurredAt, revisedAt: isFirst ? null : event.occurredAt, viewedAt: null,
  };
}

function viewed(state: Answer, viewer: Viewer): Answer {
  const isKnown = state.viewers.some((each) => each.viewer === viewer.viewer);
  const viewers = isKnown ? state.viewers.map((each) => (each.viewer === viewer.viewer ? { ...each, lastAt: viewer.at } : each)) : [...state.viewers, viewer];
  return { ...state, viewers, firstViewedAt: state.firstViewedAt ?? viewer.at, viewedAt: state.viewedAt ?? viewer.at };
}
