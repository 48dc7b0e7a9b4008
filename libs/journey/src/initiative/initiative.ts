import type { EventRef, JourneyEvent } from '../envelope.js';

/** The category of the streams of initiatives. */
export const INITIATIVES = 'initiative';

/** A request of a customer, by our id of the customer and the number that the request was raised under. */
export interface RequestRef { readonly customer: string; readonly feedback: string }

/** An initiative, by the facts of its own stream. Times are RFC 3339. */
export interface Initiative {
  readonly initiative: string;
  readonly title: string;
  readonly strategy: string | null;
  readonly themes: readonly string[];
  readonly requests: readonly RequestRef[];
  readonly owner: string | null;
  readonly dueOn: string | null;
  readonly startedAt: string;
  readonly deliveredAt: string | null;
  readonly toldAt: string | null;
  readonly droppedAt: string | null;
  readonly reason: string | null;
  /** The facts that say so, in order. */
  readonly events: readonly (EventRef & { readonly type: string })[];
}

type Fact = Pick<JourneyEvent, 'type' | 'occurredAt' | 'data' | 'source' | 'id'>;

/** What a fact of its own stream makes of an initiative; null before it was started. */
export function evolveInitiative(state: Initiative | null, { type, occurredAt: at, data, source, id }: Fact): Initiative | null {
  if (type === 'initiative.started') {
    const said = data as { initiative: string; title: string; strategy?: string; themes?: readonly string[]; requests?: readonly RequestRef[]; owner?: string; dueOn?: string };
    return state ?? {
      initiative: said.initiative, title: said.title, strategy: said.strategy ?? null, themes: said.themes ?? [], requests: said.requests ?? [], owner: said.owner ?? null, dueOn: said.dueOn ?? null,
      startedAt: at, deliveredAt: null, toldAt: null, droppedAt: null, reason: null, events: [{ source, id, type }],
    };
  }
  if (state === null) return null;
  const next = { ...state, events: [...state.events, { source, id, type }] };
  switch (type) {
    case 'initiative.requests-linked': return { ...next, requests: [...state.requests, ...unlinked(state, data['requests'] as readonly RequestRef[])] };
    case 'initiative.delivered': return { ...next, deliveredAt: state.deliveredAt ?? at };
    case 'initiative.customer-told': return { ...next, toldAt: state.toldAt ?? at };
    case 'initiative.dropped': return { ...next, droppedAt: state.droppedAt ?? at, reason: (data['reason'] as string | undefined) ?? null };
    default: return next;
  }
}

/** Those of some requests that it is not linked to yet, each once. */
export function unlinked({ requests }: Pick<Initiative, 'requests'>, more: readonly RequestRef[]): RequestRef[] {
  const known = new Set(requests.map(keyOf));
  return more.filter((request) => !known.has(keyOf(request)) && known.add(keyOf(request)));
}

const keyOf = ({ customer, feedback }: RequestRef): string => JSON.stringify([customer, feedback]);
