import { mergesOf, readStreamsRows, type Sql } from '#event-store';
import { effectiveEvents, type Instrument, instrumentOf, type JourneyEvent, MAYBE_SENT } from '#journey';
import type { SurveyClaim } from '#outbound';

/** What the page says of facts that it records. */
export const SURVEY_PAGE = 'survey-page';

/** What a link asks, and how far that has come. `ask`: it waits for an answer; `thanks`: answered a moment ago, words can be added; `done`: they were; `used`: answered before; `over`: too late. */
export interface AskedSurvey {
  readonly claim: SurveyClaim;
  readonly step: 'ask' | 'thanks' | 'done' | 'used' | 'over';
  readonly instrument: Instrument;
  readonly request: JourneyEvent;
  /** The answer that counts. */
  readonly answer: JourneyEvent | null;
  /** How many answers were given on the page and taken back: the person may answer again. */
  readonly takenBack: number;
  /** In which role the person answers; null where that is not known. */
  readonly role: 'payer' | 'user' | null;
}

const TYPES = ['survey.requested', 'survey.suppressed', 'survey.responded', 'survey.response-revised', 'survey.expired', 'contact.added', 'contact.role-changed', 'record.retracted', 'record.amended'];
const HOUR_MS = 3_600_000;

/** As the log has it now, so that who has just answered sees it. Null where nobody was asked so. Of who was erased nothing is taken any more. */
export async function askedSurvey(sql: Sql, claim: SurveyClaim, { now, dayOf }: { readonly now: Date; readonly dayOf: (instant: string) => number }): Promise<AskedSurvey | null> {
  const { tenant, customer, survey } = claim;
  const { roots } = await mergesOf(sql, tenant);
  const all = await readStreamsRows(sql, tenant, 'customer', roots.members(roots.root(customer)), Number.MAX_SAFE_INTEGER, TYPES);
  const told = effectiveEvents(all);
  const about = told.filter(({ data }) => data['survey'] === survey);
  const request = about.find(({ type }) => type === 'survey.requested');
  const { id, version } = (request?.data['instrument'] ?? {}) as { id?: string; version?: number };
  if (!request || id === undefined) return null;
  const published = await readStreamsRows(sql, tenant, 'instrument', [id], Number.MAX_SAFE_INTEGER);
  const instrument = instrumentOf(id, published).versions.find((each) => each.version === version);
  if (!instrument) return null;
  const answer = about.findLast(({ type }) => type === 'survey.responded' || type === 'survey.response-revised') ?? null;
  const contact = request.data['contact'];
  const step = await isErased(sql, tenant, contact) ? 'over' : stepOf(about, claim, { now, dayOf });
  return { claim, step, instrument, request, answer, takenBack: onPage(all, survey) - onPage(about, survey), role: roleOf(told, contact) };
}

const onPage = (events: readonly JourneyEvent[], survey: string): number => events.filter(({ source, type, data }) => source === SURVEY_PAGE && type === 'survey.responded' && data['survey'] === survey).length;

async function isErased(sql: Sql, tenant: string, contact: unknown): Promise<boolean> {
  return (await sql.query('select from erasure where tenant = $1 and subject = $2', [tenant, `contact:${String(contact)}`])).length > 0;
}

function stepOf(about: readonly JourneyEvent[], { until }: SurveyClaim, { now, dayOf }: { readonly now: Date; readonly dayOf: (instant: string) => number }): AskedSurvey['step'] {
  const responded = about.find(({ type }) => type === 'survey.responded');
  if (responded) {
    const isFresh = now.getTime() - Date.parse(responded.occurredAt) < HOUR_MS || dayOf(now.toISOString()) === dayOf(responded.occurredAt);
    if (!isFresh) return 'used';
    return about.slice(about.indexOf(responded)).some(({ type }) => type === 'survey.response-revised') ? 'done' : 'thanks';
  }
  const isOff = about.some(({ type, data }) => type === 'survey.expired' || (type === 'survey.suppressed' && data['reason'] !== MAYBE_SENT));
  return isOff || Date.parse(until) <= now.getTime() ? 'over' : 'ask';
}

/** Who pays and uses speaks as who pays. */
function roleOf(told: readonly JourneyEvent[], contact: unknown): AskedSurvey['role'] {
  const role = told.findLast(({ type, data }) => type.startsWith('contact.') && data['contact'] === contact && data['role'] !== undefined)?.data['role'];
  return role === 'both' ? 'payer' : role === 'payer' || role === 'user' ? role : null;
}
