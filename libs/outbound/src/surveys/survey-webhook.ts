import type { DataFor, Instrument } from '#journey';

export interface SurveyWebhook {
  readonly request: DataFor<'survey.requested'>;
  readonly customer: string;
  readonly instrument: Instrument;
  readonly link: string;
  /** Null where no address is known. */
  readonly email: string | null;
  readonly at: string;
}

/** The body of the webhook that hands an asking over: whom to ask, what, and the address of the page that takes the answer. */
export function surveyWebhook({ request: { survey, contact, program, ticket, until }, customer, instrument, link, email, at }: SurveyWebhook): Record<string, unknown> {
  return { type: 'survey.requested', timestamp: at, data: { survey, customer, contact: contact ?? null, email, program: program ?? null, ticket: ticket ?? null, instrument, link, until } };
}
