import type { DataFor } from '../catalogue.js';
import { comparePositions, type JourneyEvent } from '../envelope.js';

/** The category of the streams of outages that were declared. */
export const OUTAGES = 'outage';

/** What is told of an outage of all customers that it hits. */
export const outageMessages = ['outage.customer-notified', 'outage.eta-given', 'outage.workaround-offered', 'outage.updated', 'outage.resolved'] as const;
export type OutageMessage = (typeof outageMessages)[number];

/** An outage that was declared, by the facts of its own stream. */
export interface DeclaredOutage {
  readonly declared: boolean;
  /** When it began (RFC 3339); null before it is declared. */
  readonly began: string | null;
  readonly customers: ReadonlySet<string>;
  readonly resolved: boolean;
}

export const noOutage: DeclaredOutage = { declared: false, began: null, customers: new Set(), resolved: false };

export function evolveOutage(state: DeclaredOutage, event: Pick<JourneyEvent, 'type' | 'data' | 'occurredAt'>): DeclaredOutage {
  const { type, data } = event;
  const began = state.began ?? (type === 'outage.declared' ? beganAt(event) : null);
  const more = (data['customers'] as readonly string[] | undefined) ?? [];
  return { declared: state.declared || type === 'outage.declared', began, customers: new Set([...state.customers, ...more]), resolved: state.resolved || type === 'outage.resolved' };
}

export type OutageCommand =
  /** `taken`: customers have an outage of this number that nobody declared. */
  | ({ readonly do: 'declare'; readonly taken: boolean } & Omit<DataFor<'outage.declared'>, 'outage'>)
  | ({ readonly do: 'add' } & Omit<DataFor<'outage.customers-added'>, 'outage'>)
  | { readonly do: 'tell'; readonly type: OutageMessage; readonly eta?: string; readonly at?: string };

export interface OutageFact { readonly type: 'outage.declared' | 'outage.customers-added' | OutageMessage; readonly data: Readonly<Record<string, unknown>> }

/** Why it cannot be done; the code is stable. A `pointer` names the time that cannot be. */
export type OutageRefusal =
  | { readonly refused: 'outage-known' | 'outage-number-taken' | 'outage-unknown' | 'outage-resolved'; readonly say: string }
  | { readonly refused: 'invalid-body'; readonly pointer: string; readonly say: string };

/** Declared once, under a number of its own; customers may be added later, also to one that is over; told of from when it began until it is over. Null: nothing new. */
export function decideOutage(state: DeclaredOutage, outage: string, command: OutageCommand): OutageFact | OutageRefusal | null {
  if (command.do === 'declare') {
    const { do: _do, taken, ...said } = command;
    if (state.declared) return { refused: 'outage-known', say: `The outage ${outage} was declared before.` };
    if (taken) return { refused: 'outage-number-taken', say: `Customers have an outage ${outage} already, which was told of each by itself.` };
    if (said.startedAt !== undefined && said.detectedAt !== undefined && isBefore(said.detectedAt, said.startedAt)) return { refused: 'invalid-body', pointer: '/detectedAt', say: 'Nobody sees an outage before it begins.' };
    return { type: 'outage.declared', data: { outage, ...said, customers: [...new Set(said.customers)] } };
  }
  if (!state.declared) return { refused: 'outage-unknown', say: `No outage ${outage} was declared.` };
  if (command.do === 'add') {
    const customers = [...new Set(command.customers)].filter((customer) => !state.customers.has(customer));
    return customers.length === 0 ? null : { type: 'outage.customers-added', data: { outage, customers } };
  }
  if (state.resolved) return { refused: 'outage-resolved', say: `The outage ${outage} is over.` };
  if (command.at !== undefined && isBefore(command.at, state.began!)) return { refused: 'invalid-body', pointer: '/at', say: `The outage ${outage} began at ${state.began}: nobody was told of it before.` };
  return { type: command.type, data: { outage, ...(command.eta === undefined ? {} : { eta: command.eta }) } };
}

/** A fact for the stream of one customer. */
export interface LinkedFact { readonly customer: string; readonly type: string; readonly data: Readonly<Record<string, unknown>>; readonly occurredAt: string }

/**
 * What one fact of the outage's stream brings into the streams of its customers. A message reaches all who are known to be hit when it is recorded, whenever it was told: with the time at which it was.
 * Who is added later learns that it was hit; what was recorded before was not told to them, but that it is over holds for all. So each comes once.
 */
export function linkedFacts(events: readonly JourneyEvent[], cause: JourneyEvent): LinkedFact[] {
  const first = events.find(({ type }) => type === 'outage.declared');
  if (!first) return [];
  const recorded = events.filter(({ position }) => comparePositions(position, cause.position) <= 0).toSorted((a, b) => comparePositions(a.position, b.position));
  const before = new Set(recorded.filter(({ position }) => position !== cause.position).flatMap(customersOf));
  if (isMessage(cause)) return [...before].map((customer) => message(customer, cause));
  const over = recorded.filter(({ type }) => type === 'outage.resolved');
  return [...new Set(customersOf(cause))].filter((customer) => !before.has(customer)).flatMap((customer) => [affected(customer, first), ...over.map((resolved) => message(customer, resolved))]);
}

function affected(customer: string, declared: JourneyEvent): LinkedFact {
  const { customers: _customers, ...data } = declared.data;
  return { customer, type: 'outage.customer-affected', data, occurredAt: beganAt(declared) };
}

const message = (customer: string, { type, data, occurredAt }: JourneyEvent): LinkedFact => ({ customer, type, data, occurredAt });
const isMessage = ({ type }: JourneyEvent): boolean => (outageMessages as readonly string[]).includes(type);
const customersOf = ({ data }: JourneyEvent): readonly string[] => (data['customers'] as readonly string[] | undefined) ?? [];
/** Where nobody says when it began: when it was seen, else when it was declared. */
const beganAt = ({ data, occurredAt }: Pick<JourneyEvent, 'data' | 'occurredAt'>): string => (data['startedAt'] ?? data['detectedAt'] ?? occurredAt) as string;
const isBefore = (one: string, other: string): boolean => Date.parse(one) < Date.parse(other);
