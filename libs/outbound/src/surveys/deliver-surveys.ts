import { type AgendaItem, type KeyRing, type Outcome, type Reaction, type ReactionWork, tell, unseal } from '#event-store';
import { type DataFor, instrumentOf, type JourneyEvent, MAYBE_SENT, programOf, stateOf, whyNot } from '#journey';
import type { Delivery } from '../delivery.js';
import { surveyLink } from '../links/survey-links.js';
import type { Mailer } from '../mail/mailer.js';
import type { PostWebhook } from '../webhook/post-webhook.js';
import { webhookKey } from '../webhook/webhook-secret.js';
import { surveyMail } from './survey-mail.js';
import { surveyWebhook } from './survey-webhook.js';

export interface SurveyDelivery {
  /** Null: there is no mail server, and mails wait. */
  readonly mailer: Mailer | null;
  readonly post: PostWebhook;
  /** Address of the pages as people reach them; undefined: there can be no links, and everything waits. */
  readonly publicUrl: string | undefined;
  readonly warn: (message: string, error: unknown) => void;
}

type Request = DataFor<'survey.requested'>;
interface Ready { readonly request: Request; readonly send: () => Promise<Delivery> }

export const SURVEY_DELIVERY = 'survey-delivery';
const [MINUTE_MS, HOUR_MS, GIVE_UP_MS] = [60_000, 3_600_000, 3 * 86_400_000];
const ONE_ADDRESS = /^[^\s@,;:<>"()]+@[^\s@,;:<>"()]+$/;
const NOT_DELIVERED = 'not-delivered';

/** Sends what our programs want to ask, and says that it went out or why it did not. */
export function deliverSurveys(parts: SurveyDelivery): Reaction {
  return {
    name: SURVEY_DELIVERY,
    types: ['survey.requested'],
    due: ({ source, data, occurredAt }) => (source.startsWith('touchline:asking') ? [{ subject: String(data['survey']), at: occurredAt }] : []),
    act: (item, work) => deliver(parts, item, work),
  };
}

/**
 * A mail is sent at most once: where an attempt was cut short nobody knows how far it got, so it is not repeated. What fails before anything has left is tried
 * again by ourselves, as the next attempt would otherwise be taken for such a one. A webhook may come twice, with the same id, by which the receiver knows it.
 */
async function deliver(parts: SurveyDelivery, item: AgendaItem, work: ReactionWork): Promise<Outcome> {
  const { now } = work;
  let ready: Ready | Outcome;
  try {
    ready = await prepare(parts, item, work);
  } catch (error) {
    parts.warn(`Survey ${item.subject} of tenant ${work.tenant.id} waits, and will be tried again in a minute`, error);
    return { again: new Date(now.getTime() + MINUTE_MS).toISOString() };
  }
  if (!('send' in ready)) return ready;
  const { request, send } = ready;
  if (request.channel === 'mail' && item.attempts > 1) return heldBack(request, MAYBE_SENT);
  const delivery = await send();
  tell('delivery', { by: String(request.channel), outcome: delivery.status, count: 1 });
  if (delivery.status === 'sent') return { facts: [{ type: 'survey.sent', data: request }] };
  if (delivery.status === 'uncertain') return heldBack(request, MAYBE_SENT);
  const age = now.getTime() - Date.parse(item.cause.occurredAt);
  parts.warn(`Survey ${item.subject} of tenant ${work.tenant.id} was not taken`, new Error(delivery.why));
  if (delivery.forGood || age > GIVE_UP_MS) return heldBack(request, NOT_DELIVERED);
  return { again: new Date(now.getTime() + Math.min(Math.max(age, MINUTE_MS), HOUR_MS)).toISOString() };
}

/** What is to be sent; or what to do instead, where nothing is. */
async function prepare({ mailer, post, publicUrl }: SurveyDelivery, { customer, cause, subject }: AgendaItem, work: ReactionWork): Promise<Ready | Outcome> {
  const { now, keys, tenant } = work;
  const { root, events } = await work.story(customer);
  const asking = events.find(({ source, id }) => source === cause.source && id === cause.id);
  const request = asking?.data as Request | undefined;
  const isDone = events.some(({ type, data }) => data['survey'] === subject && type !== 'survey.requested');
  if (!asking || !request || isDone) return {};
  const until = request.until ?? now.toISOString();
  if (Date.parse(until) <= now.getTime()) return heldBack(request, NOT_DELIVERED);
  const reason = await whyNotAnyMore(request, { root, events }, work);
  if (reason) return heldBack(request, reason);
  if (publicUrl === undefined || !keys || (request.channel === 'mail' && !mailer)) return { again: new Date(now.getTime() + 10 * MINUTE_MS).toISOString() };
  const { id, version } = request.instrument;
  const instrument = instrumentOf(id!, await work.stream('instrument', id!)).versions.find((each) => each.version === version)!;
  // Where the asking stands: who is merged with whom may change before the link is followed.
  const link = await surveyLink(keys, publicUrl, { tenant: tenant.id, customer: asking.stream.id, survey: subject, until });
  const email = await addressOf(keys, work, events, String(request.contact));
  if (request.channel === 'webhook') {
    const program = programOf(await work.stream('surveyprogram', request.program!))?.program;
    if (program?.webhook === undefined) return heldBack(request, NOT_DELIVERED);
    const signing = [await webhookKey(keys, tenant.id)];
    const body = surveyWebhook({ request, customer: root, instrument, link, email, at: cause.occurredAt });
    return { request, send: () => post({ url: program.webhook!, keys: signing, id: subject, body }, now) };
  }
  if (email === null) return heldBack(request, 'no-address');
  const mail = surveyMail({ to: email, survey: subject, ticket: request.ticket, instrument, link, until, timeZone: tenant.timeZone });
  return { request, send: () => mailer!(mail) };
}

const heldBack = ({ survey, contact, ticket, program, because, instrument }: Request, reason: string): Outcome =>
  ({ facts: [{ type: 'survey.suppressed', data: { survey, reason, instrument, ...(contact !== undefined && { contact }), ...(ticket !== undefined && { ticket }), ...(program !== undefined && { program }), ...(because && { because }) } }] });

/** Between the wish and the sending the person may have left, or opened a ticket. */
async function whyNotAnyMore({ survey, contact, channel, ticket, because }: Request, { root, events }: { readonly root: string; readonly events: readonly JourneyEvent[] }, { now, tenant, read }: ReactionWork): Promise<string | null> {
  const erased = await read((sql) => sql.query<{ subject: string }>('select subject from erasure where tenant = $1 and subject = $2', [tenant.id, `contact:${String(contact)}`]));
  const solvedAt = events.find(({ source, id }) => source === because?.source && id === because.id)?.occurredAt;
  return whyNot({
    survey, channel: channel!, contact: contact === undefined ? null : String(contact), at: now.toISOString(), erased: new Set(erased.map(({ subject }) => subject.slice('contact:'.length))),
    ...(ticket !== undefined && solvedAt !== undefined && { ticket: { id: ticket, solvedAt } }),
  }, stateOf(root, events));
}

/** The address that was told last; null where there is none, or nobody can read it any more. */
async function addressOf(keys: KeyRing, { read, tenant }: ReactionWork, events: readonly JourneyEvent[], contact: string): Promise<string | null> {
  const told = events.findLast(({ type, data }) => type === 'contact.added' && data['contact'] === contact && data['email'] !== undefined);
  const [open] = told ? await read((sql) => unseal(keys, sql, tenant.id, [told])) : [];
  const email = String(open?.data['email'] ?? '').trim();
  return ONE_ADDRESS.test(email) ? email : null;
}
