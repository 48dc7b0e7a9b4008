import { type JourneyEvent, verdictOf } from '#journey';
import { type Figure, meanOf, sum } from '../experience/figure.js';

/** Classes of incidents: what touched a customer, and the facts that would not be there had it not. */
export const INCIDENTS = ['outage', 'broken-promise', 'missed-target', 'escalation', 'bad-answer'] as const;
export type Incident = (typeof INCIDENTS)[number];

/** The type of fact that says that it happened. */
export const INCIDENT_TYPES: Readonly<Record<Incident, string>> = { outage: 'outage.customer-affected', 'broken-promise': 'promise.broken', 'missed-target': 'ticket.sla-missed', escalation: 'ticket.escalated', 'bad-answer': 'survey.responded' };

interface Scaled { readonly instrument?: { readonly kind: string; readonly min: number; readonly max: number }; readonly score?: number }

const isBad = ({ data }: JourneyEvent): boolean => {
  const { instrument, score } = data as Scaled;
  return instrument !== undefined && score !== undefined && verdictOf(instrument, score) === 'miss';
};

/**
 * The facts that would not be there had none of these happened in a time (ms, `since` not included): with an outage goes all that was told of it, with a broken promise that it was made.
 * A ticket or a survey stays. Events: effective ones of a customer.
 */
export function factsOfIncident(events: readonly JourneyEvent[], incident: Incident, { since, until }: { readonly since: number; readonly until: number }): JourneyEvent[] {
  const happened = events.filter((event) => event.type === INCIDENT_TYPES[incident] && Date.parse(event.occurredAt) > since && Date.parse(event.occurredAt) <= until && (incident !== 'bad-answer' || isBad(event)));
  if (incident !== 'outage' && incident !== 'broken-promise') return happened;
  const [family, field] = incident === 'outage' ? ['outage.', 'outage'] : ['promise.', 'promise'];
  const numbers = new Set(happened.map(({ data }) => data[field!]));
  return happened.length === 0 ? [] : events.filter(({ type, data }) => type.startsWith(family!) && numbers.has(data[field!]));
}

/** One customer who was touched: ARR times its chance to leave, as it is and without those facts; minor units of one currency. */
export interface IncidentCase { readonly arr: number; readonly atRisk: number; readonly without: number }

export interface IncidentFigures {
  readonly n: number;
  /** Under 30 customers: not to go by. */
  readonly tooFew: boolean;
  readonly arr: number;
  readonly atRisk: number;
  readonly without: number;
  /** `atRisk` less `without`, and where the sum of as many customers would lie in 19 of 20 cases, were they drawn anew (Student); no interval of one. */
  readonly difference: Figure;
}

const LEAST = 30;

export function incidentFigures(cases: readonly IncidentCase[]): IncidentFigures {
  const n = cases.length;
  const mean = meanOf(cases.map(({ atRisk, without }) => atRisk - without));
  const times = (value: number | null) => (value === null ? null : Math.round(value * n));
  const total = (name: keyof IncidentCase) => sum(cases.map((each) => each[name]));
  return { n, tooFew: n < LEAST, arr: total('arr'), atRisk: total('atRisk'), without: total('without'), difference: { n, value: times(mean.value), low: times(mean.low), high: times(mean.high) } };
}
