import type { JourneyEvent } from '#journey';

/** An outage as one customer lived through it. Times are RFC 3339. */
export interface Outage {
  readonly service: string | null;
  readonly startedAt: string;
  /** When we saw it; where nobody says, when it began. */
  readonly detectedAt: string;
  /** The first word of theirs. */
  readonly firstReport: string | null;
  readonly workaround: string | null;
  readonly resolved: string | null;
  /** All our messages in order, among them times named and work-arounds. */
  readonly messages: readonly string[];
  /** Times we named while it lasted, in the order in which we did: an end that is known is no forecast. */
  readonly etas: readonly string[];
}

const MESSAGES = new Set(['outage.customer-notified', 'outage.eta-given', 'outage.updated', 'outage.workaround-offered']);

/** Of effective facts about one outage at one customer, earliest first; null where nothing says that it hit the customer. */
export function outageOf(facts: readonly JourneyEvent[]): Outage | null {
  const hit = facts.filter(({ type }) => type === 'outage.customer-affected');
  const last = hit.at(-1);
  if (!last) return null;
  const said = (field: string): string | null => (hit.findLast(({ data }) => typeof data[field] === 'string')?.data[field] as string | undefined) ?? null;
  const first = (type: string): string | null => facts.find((fact) => fact.type === type)?.occurredAt ?? null;
  const startedAt = said('startedAt') ?? hit[0]!.occurredAt;
  const messages = facts.filter(({ type }) => MESSAGES.has(type)).map(({ occurredAt }) => occurredAt);
  const resolved = facts.findLast(({ type }) => type === 'outage.resolved')?.occurredAt ?? null;
  return {
    service: said('service'), startedAt, detectedAt: said('detectedAt') ?? startedAt, firstReport: first('outage.customer-reported'),
    workaround: first('outage.workaround-offered'), resolved, messages,
    etas: facts.filter(({ type, occurredAt }) => type === 'outage.eta-given' && (resolved === null || Date.parse(occurredAt) <= Date.parse(resolved))).map(({ data }) => data['eta'] as string),
  };
}
