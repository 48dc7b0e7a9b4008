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
  readonly customers: ReadonlySet<string>;
  readonly resolved: boolean;
}

export const noOutage: DeclaredOutage = { declared: false, customers: new Set(), resolved: false };

export function evolveOutage(state: DeclaredOutage, { type, data }: Pick<JourneyEvent, 'type' | 'data'>): DeclaredOutage {
  const more = (data['customers'] as readonly string[] | undefined) ?? [];
  return { declared: state.declared || type === 'outage.declared', customers: new Set([...state.customers, ...more]), resolved: state.resolved || type === 'outage.resolved' };
}

export type OutageCommand =
  | ({ readonly do: 'declare' } & Omit<DataFor<'outage.declared'>, 'outage'>)
  | ({ readonly do: 'add' } & Omit<DataFor<'outage.customers-added'>, 'outage'>)
  | { readonly do: 'tell'; readonly type: OutageMessage; readonly eta?: string };

export interface OutageFact { readonly type: 'outage.declared' | 'outage.customers-added' | OutageMessage; readonly data: Readonly<Record<string, unknown>> }

/** Why it cannot be done; the code is stable. */
export interface OutageRefusal { readonly refused: 'outage-known' | 'outage-unknown' | 'outage-resolved'; readonly say: string }

/** Declared once; customers may be added later, also to one that is over; told of until it is over. Null: nothing new. */
export function decideOutage(state: DeclaredOutage, outage: string, command: OutageCommand): OutageFact | OutageRefusal | null {
  if (command.do === 'declare') {
    const { do: _do, ...said } = command;
    return state.declared ? { refused: 'outage-known', say: `The outage ${outage} was declared before.` } : { type: 'outage.declared', data: { outage, ...said, customers: [...new Set(said.customers)] } };
  }
  if (!state.declared) return { refused: 'outage-unknown', say: `No outage ${outage} was declared.` };
  if (command.do === 'add') {
    const customers = [...new Set(command.customers)].filter((customer) => !state.customers.has(customer));
    return customers.length === 0 ? null : { type: 'outage.customers-added', data: { outage, customers } };
  }
  if (state.resolved) return { refused: 'outage-resolved', say: `The outage ${outage} is over.` };
  return { type: command.type, data: { outage, ...(command.eta === undefined ? {} : { eta: command.eta }) } };
}

/** A fact for the stream of one customer. */
export interface LinkedFact { readonly customer: string; readonly type: string; readonly data: Readonly<Record<string, unknown>>; readonly occurredAt: string }

/**
 * What one fact of the outage's stream brings into the streams of its customers. Who is added learns that it was hit, and what was told from then on; what was told before
 * they were known to be hit was not told to them, but that it is over holds for all. Of a customer and a message, whichever was recorded later brings the message: so each comes once.
 */
export function linkedFacts(events: readonly JourneyEvent[], cause: JourneyEvent): LinkedFact[] {
  const first = events.find(({ type }) => type === 'outage.declared');
  if (!first) return [];
  const recorded = events.toSorted((a, b) => comparePositions(b.position, a.position));
  const added = recorded.flatMap((event) => ((event.data['customers'] as readonly string[] | undefined) ?? []).map((customer) => ({ customer, event })));
  const whose = [...new Map(added.map((each) => [each.customer, each])).values()];
  const messages = events.filter(({ type }) => (outageMessages as readonly string[]).includes(type));
  return whose.flatMap(({ customer, event }) => [
    ...(event.position === cause.position ? [affected(customer, first)] : []),
    ...messages.filter((message) => later(message, event).position === cause.position && isFor(message, event)).map(({ type, data, occurredAt }): LinkedFact => ({ customer, type, data, occurredAt })),
  ]);
}

function affected(customer: string, { data, occurredAt }: JourneyEvent): LinkedFact {
  const { customers: _customers, ...said } = data;
  return { customer, type: 'outage.customer-affected', data: said, occurredAt: (said['startedAt'] as string | undefined) ?? occurredAt };
}

const later = (one: JourneyEvent, other: JourneyEvent): JourneyEvent => (comparePositions(one.position, other.position) > 0 ? one : other);
const isFor = (message: JourneyEvent, added: JourneyEvent): boolean => message.type === 'outage.resolved' || Date.parse(message.occurredAt) >= Date.parse(added.occurredAt);
