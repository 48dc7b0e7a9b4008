import type { JourneyEvent } from '../envelope.js';
import { addTerm, type Term } from './renewal.js';

/** Somebody at the customer, as far as asking goes. */
export interface Person {
  added: boolean;
  role: string | null;
  sponsor: boolean;
  left: boolean;
  hasAddress: boolean;
}

/** A ticket: whose it is, whether it is open, and when it was last reopened. */
export interface Ticket {
  opener: string | null;
  readonly people: Set<string>;
  /** Null where nothing was told that says so. */
  open: boolean | null;
  reopenedAt: string | null;
}

/** One asking: of whom, by which program, and what became of it. */
export interface Asking {
  contact: string | null;
  program: string | null;
  /** When the person was asked last; null for what was held back for good. */
  askedAt: string | null;
  suppressedAt: string | null;
}

/** What decides about asking somebody at a customer. */
export interface AskingState {
  /** Whose story it is, merged ones included. */
  readonly root: string;
  closed: boolean;
  segment: string | null;
  readonly people: Map<string, Person>;
  readonly tickets: Map<string, Ticket>;
  readonly surveys: Map<string, Asking>;
  readonly terms: Map<string, Term>;
}

export function nothingKnown(root: string): AskingState {
  return { root, closed: false, segment: null, people: new Map(), tickets: new Map(), surveys: new Map(), terms: new Map() };
}

/** A mail that may have got through counts as one that did. */
export const MAYBE_SENT = 'delivery-uncertain';

/** As much of a fact as is looked at. */
type Fact = Pick<JourneyEvent, 'type' | 'data' | 'occurredAt'> & { readonly stream: Pick<JourneyEvent['stream'], 'id'> };

/** The state with one more fact, in the order of when they were true. Changes the state that it is given. */
export function evolve(state: AskingState, { type, data, occurredAt, stream }: Fact): AskingState {
  const [family, what] = type.split('.') as [string, string];
  switch (family) {
    case 'customer': if (stream.id === state.root) addProfile(state, what, data); break;
    case 'contact': addPerson(entry(state.people, data['contact'], newPerson), what, data); break;
    case 'ticket': addTicket(entry(state.tickets, data['ticket'], newTicket), { what, data, occurredAt }); break;
    case 'survey': addAsking(entry(state.surveys, data['survey'], newAsking), { what, data, occurredAt }); break;
    case 'subscription':
    case 'renewal': addTerm(state.terms, type, data); break;
    default:
  }
  return state;
}

export const stateOf = (root: string, events: readonly Fact[]): AskingState => events.reduce(evolve, nothingKnown(root));

type Data = Readonly<Record<string, unknown>>;
interface What { readonly what: string; readonly data: Data; readonly occurredAt: string }

const newPerson = (): Person => ({ added: false, role: null, sponsor: false, left: false, hasAddress: false });
const newTicket = (): Ticket => ({ opener: null, people: new Set(), open: null, reopenedAt: null });
const newAsking = (): Asking => ({ contact: null, program: null, askedAt: null, suppressedAt: null });

function entry<T>(entries: Map<string, T>, id: unknown, make: () => T): T {
  const key = String(id);
  const found = entries.get(key) ?? make();
  entries.set(key, found);
  return found;
}

function addProfile(state: AskingState, what: string, data: Data): void {
  if (what === 'registered' || what === 'closed') state.closed = what === 'closed';
  if (typeof data['segment'] === 'string') state.segment = data['segment'];
}

function addPerson(person: Person, what: string, data: Data): void {
  if (what === 'added') Object.assign(person, { added: true, left: false });
  if (what === 'left') person.left = true;
  if (typeof data['role'] === 'string') person.role = data['role'];
  if (typeof data['sponsor'] === 'boolean') person.sponsor = data['sponsor'];
  if (data['email'] !== undefined) person.hasAddress = true;
}

/** A ticket of which only talk is known counts as open, until it is solved. */
function addTicket(ticket: Ticket, { what, data, occurredAt }: What): void {
  const contact = typeof data['contact'] === 'string' ? data['contact'] : null;
  if (contact) ticket.people.add(contact);
  if (what === 'opened') ticket.opener = contact ?? ticket.opener;
  if (what === 'resolved' || what === 'closed') ticket.open = false;
  else if (what === 'opened' || what === 'reopened') ticket.open = true;
  else ticket.open ??= true;
  if (what === 'reopened') ticket.reopenedAt = occurredAt;
}

function addAsking(asking: Asking, { what, data, occurredAt }: What): void {
  if (typeof data['contact'] === 'string') asking.contact = data['contact'];
  if (typeof data['program'] === 'string') asking.program = data['program'];
  if (what === 'requested' || what === 'sent' || what === 'responded') asking.askedAt = occurredAt;
  if (what === 'suppressed') {
    asking.suppressedAt = occurredAt;
    asking.askedAt = data['reason'] === MAYBE_SENT ? asking.askedAt ?? occurredAt : null;
  }
}
