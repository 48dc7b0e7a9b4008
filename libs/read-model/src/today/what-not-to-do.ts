import { dateWords, dayOfDate, type Score } from '#insight';
import type { JourneyEvent } from '#journey';
import type { Calendar } from '../tenant.js';
import { openIn, openTickets } from './open-things.js';

const MOST = 3;
const LONG_SILENCE = 90;

/** What would make it worse, the most harmful first, at most three sentences. Events are effective and opened, earliest first. */
export function whatNotToDo(events: readonly JourneyEvent[], score: Score, { today, dayOf }: Calendar): string[] {
  const since = (event: JourneyEvent | undefined) => (event ? today.day - dayOf(event.occurredAt) : Infinity);
  const tickets = openTickets(events).size;
  const cancelled = openIn(events, 'subscription', ['cancellation-requested'], ['cancellation-withdrawn', 'ended', 'renewed', 'started']).size > 0;
  const outage = openIn(events, 'outage', ['customer-affected'], ['resolved', 'eta-given']).size > 0;
  const waiting = openIn(events, 'survey', ['sent', 'requested'], ['responded', 'response-revised', 'expired', 'suppressed']).size > 0;
  const late = lateOnes(events, today.date);
  const answered = since(events.findLast(({ type }) => type.startsWith('survey.respon')));
  const talked = since(events.findLast(({ type, data }) => type.startsWith('engagement.') && data['twoWay'] === true));
  const renewal = score.measures.find(({ id, lost }) => id === 'renewal' && lost > 0);
  return [
    cancelled && 'Do not talk of the renewal as if it were certain: a cancellation was asked for.',
    outage && 'Do not say that the outage is nearly over unless you can name a time.',
    late && `Do not promise anything new before you have spoken about what was due on ${dateWords(late, today.day)}.`,
    !cancelled && renewal && talked > LONG_SILENCE && `Do not open with the renewal: there was no conversation in ${talked === Infinity ? 'all the time we know of' : `${talked} days`}.`,
    tickets > 0 && `Do not send a survey: ${tickets === 1 ? 'a ticket is' : `${tickets} tickets are`} still open.`,
    openIn(events, 'invoice', ['overdue'], ['paid', 'credited']).size > 0 && 'Do not offer more before the overdue invoice is spoken about.',
    tickets === 0 && answered < 30 && `Do not ask for another rating: they answered ${answered === 0 ? 'today' : `${answered} ${answered === 1 ? 'day' : 'days'} ago`}.`,
    tickets === 0 && answered >= 30 && waiting && 'Do not send another survey: one is still waiting for an answer.',
  ].filter((sentence) => typeof sentence === 'string').slice(0, MOST);
}

/** The earliest day on which an open promise was due and is past. */
function lateOnes(events: readonly JourneyEvent[], today: string): number | null {
  const open = openIn(events, 'promise', ['made'], ['kept', 'broken']);
  const due = new Map(events.flatMap(({ type, data }) => (type === 'promise.made' && typeof data['dueOn'] === 'string' ? [[data['promise'], data['dueOn']] as const] : [])));
  const late = [...open].map((id) => due.get(id)).filter((date) => date !== undefined && date < today).sort()[0];
  return late === undefined ? null : dayOfDate(late);
}
