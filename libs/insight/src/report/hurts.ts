import { type EventRef, type JourneyEvent, shareOfScale } from '#journey';
import { groupsOf } from '../experience/figure.js';
import { severityOfTicket, type Mention } from '../experience/pain.js';
import { ticketOf } from '../experience/ticket.js';

export interface ToldMention extends Mention { readonly events: readonly EventRef[] }

/** That a customer was kept: a notice that was withdrawn, or a task that was done with the outcome `saved`. */
export interface Saved { readonly at: string; readonly how: string; readonly event: EventRef }

const EXCELLENT = 0.9;
const refOf = ({ source, id }: EventRef): EventRef => ({ source, id });
const about = (told: readonly JourneyEvent[], family: string, field: string) =>
  [...groupsOf(told.filter(({ type, data }) => type.startsWith(family) && typeof data[field] === 'string'), ({ data }) => String(data[field]))];

/** What hurts a customer: tickets by their category, and answers by what people of ours said that they are about. No words are opened, so an erasure changes nothing of it. Effective facts, earliest first. */
export function mentionsIn(customer: string, told: readonly JourneyEvent[]): ToldMention[] {
  const tickets = about(told, 'ticket.', 'ticket').flatMap(([id, facts]): ToldMention[] => {
    const ticket = ticketOf(facts);
    return ticket.category === null ? [] : [{ theme: ticket.category, customer, at: facts[0]!.occurredAt, severity: severityOfTicket(ticket), of: { kind: 'ticket', id }, events: facts.map(refOf) }];
  });
  const answers = about(told, 'survey.', 'survey').flatMap(([id, facts]): ToldMention[] => {
    const answer = facts.findLast(({ type }) => type === 'survey.responded' || type === 'survey.response-revised');
    const themes = facts.findLast(({ type }) => type === 'survey.themed')?.data['themes'];
    const scale = facts.findLast(({ data }) => data['instrument'] !== undefined)?.data['instrument'] as Parameters<typeof shareOfScale>[0] | undefined;
    if (!answer || !scale || !Array.isArray(themes)) return [];
    const share = shareOfScale(scale, Number(answer.data['score']));
    return share >= EXCELLENT ? [] : (themes as string[]).map((theme) => ({ theme, customer, at: answer.occurredAt, severity: 1 - share, of: { kind: 'survey', id }, events: facts.map(refOf) }));
  });
  return [...tickets, ...answers];
}

export const savedIn = (told: readonly JourneyEvent[]): Saved[] => told.flatMap((event) => {
  const how = event.type === 'subscription.cancellation-withdrawn' ? 'took their notice back' : event.type === 'task.done' && event.data['outcome'] === 'saved' ? 'a task was done with the outcome saved' : null;
  return how === null ? [] : [{ at: event.occurredAt, how, event: refOf(event) }];
});
