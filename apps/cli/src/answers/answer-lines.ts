import { durationWords, percentWords, type WaitFigures } from '#insight';
import type { AnswerAnswer, AnswerLine, AnswersPage, AnswersSummary } from '#read-model';
import { counted, moneyText } from '../text/figures.js';

/** The queue, an answer a paragraph. */
export function answersLines({ answers, order, next }: AnswersPage, state: string): string[] {
  if (answers.length === 0) return [state === 'unread' ? 'Every answer has been read.' : 'There are no such answers.'];
  return [order, ...answers.flatMap((answer) => ['', ...answerLines(answer)]), ...(next === null ? [] : ['', `More: touchline answers --state ${state} --cursor ${next}`])];
}

/** "12 working hours". */
export function workingText(minutes: number): string {
  return minutes < 60 ? counted(Math.round(minutes), 'working minute') : counted(Math.round(minutes / 6) / 10, 'working hour');
}

function answerLines({ survey, customer, instrument, score, verdict, words, contact, role, ticket, state, waited, wantsContact, complaint, viewers, setAside, recovery }: AnswerLine): string[] {
  const part = (label: string, text: string | null) => (text === null || text === '' ? [] : [`   ${label.padEnd(8)}  ${text}`]);
  const marks = [verdict === 'miss' ? 'a miss' : verdict, ...(wantsContact ? ['wants to be contacted'] : []), ...(complaint ? ['a complaint'] : [])];
  const wait = `${waited.minutes < 60 ? counted(waited.minutes, 'minute') : durationWords(waited.minutes / 60)}, ${workingText(waited.workingMinutes)}`;
  return [
    `${survey}  ${customer.name ?? customer.id}  ${score} of ${instrument.min} to ${instrument.max}: ${marks.join(', ')}`,
    ...part('wrote', words && `"${words}"`), ...part('who', contact ? `${contact.name ?? contact.id}${role === null ? '' : ` (${role})`}` : role),
    ...part('ticket', ticket && `${ticket.id}${ticket.subject === null ? '' : `: ${ticket.subject}`}${ticket.queue === null ? '' : ` (${ticket.queue})`}`),
    ...part('owner', `${customer.owner ?? 'nobody'}${customer.arr.length === 0 ? '' : `, ${customer.arr.map(moneyText).join(' + ')} a year`}`),
    ...part('read', state === 'unread' ? `by nobody for ${wait}` : state === 'history' ? 'came with history' : `after ${wait}, by ${viewers.map(({ viewer }) => viewer).join(', ')}`),
    ...part('came', [...(setAside ? [`nothing to do: ${setAside.reason}`] : []), ...(recovery ? [`recovery ${recovery.id}, ${recovery.state}`] : [])].join('; ')),
  ];
}

/** One answer with its story. */
export function answerStoryLines(answer: AnswerAnswer): string[] {
  return [
    ...answerLines(answer), '', ...answer.story.map(({ at, words, by, said }) => `${at}  ${words}, by ${by.id}${said === null ? '' : `: "${said}"`}`),
    ...answer.feedback.map(({ feedback, step, department }) => `Feedback ${feedback}: ${step}${department ? `, ${department.name ?? department.id}` : ''}`),
  ];
}

export function summaryLines({ from, to, answered, history, unread, oldestUnread, seen, actedOn, firstLook }: AnswersSummary): string[] {
  const share = ({ n, value, low, high }: AnswersSummary['actedOn']) => (value === null ? 'nothing to say yet' : `${percentWords(value)} of ${n} (${percentWords(low!)} to ${percentWords(high!)})`);
  return [
    `Answers from ${from} to ${to}: ${answered}${history > 0 ? `, ${history} of them from history and not counted below` : ''}`,
    `unread               ${unread}${oldestUnread ? `, the oldest for ${durationWords(oldestUnread.minutes / 60)} (${workingText(oldestUnread.workingMinutes)})` : ''}`,
    `read within ${`${seen.within} days`.padEnd(9)}${share(seen.byAnybody)}`, `  by an executive    ${share(seen.byExecutive)}`, `acted on             ${share(actedOn)}`,
    `first look           ${waitText(firstLook.working)}`,
  ];
}

/** "half within 3 working hours, nine of ten within 20 working hours, 2 waiting". */
export function waitText({ median, p90, waiting }: WaitFigures): string {
  const parts = [...(median === null ? [] : [`half within ${workingText(median)}`]), ...(p90 === null ? [] : [`nine of ten within ${workingText(p90)}`]), ...(waiting > 0 ? [`${waiting} waiting`] : [])];
  return parts.length === 0 ? 'nothing to say yet' : parts.join(', ');
}
