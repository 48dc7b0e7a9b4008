import { dateWords, eventWords } from '#insight';
import type { EventRef, JourneyEvent } from '#journey';
import type { Calendar } from '../tenant.js';

const MOST = 3;

interface Correction {
  readonly event?: EventRef;
  readonly events?: readonly EventRef[];
  readonly import?: string;
  readonly reason?: unknown;
}

/** What a correction corrected, who did it and why: "“a ticket was opened” of 10 Oct was taken back by anna: wrong customer". `stream`: the customer's facts. */
export function correctionWords({ type, data, actor }: JourneyEvent, stream: readonly JourneyEvent[], { today, dayOf }: Calendar): string {
  const { event, events = [], import: imported, reason } = data as Correction;
  const told = ({ source, id }: EventRef): string => {
    const target = stream.find((other) => other.source === source && other.id === id);
    return target ? `“${eventWords(target.type)}” of ${dateWords(dayOf(target.occurredAt), today.day)}` : 'a fact that is not known here';
  };
  const named = events.slice(0, MOST).map(told);
  const more = events.length - named.length;
  const count = stream.filter(({ importId }) => imported !== undefined && importId === imported).length;
  const parts = [...named, ...(more > 0 ? [`${more} more`] : []), ...(imported === undefined ? [] : [`${count === 1 ? '1 fact' : `${count} facts`} of the import ${imported}`])];
  const one = type === 'record.amended' || (events.length === 1 && imported === undefined) || (events.length === 0 && count === 1);
  const what = type === 'record.amended' ? told(event!) : parts.join(' and ');
  const why = typeof reason === 'string' && reason.trim() !== '' ? `: ${reason.trim().replace(/\.$/, '')}` : '';
  return `${what} ${one ? 'was' : 'were'} ${type === 'record.amended' ? 'corrected' : 'taken back'} by ${actor.id}${why}`;
}
