import { afterTicket } from '../chapters/surveys.js';
import { at } from '../calendar.js';
import type { Scene } from '../scene.js';

export interface AnsweredTicket {
  readonly ago: number;
  readonly subject: string;
  readonly resolution: string;
  readonly score: number;
  readonly verbatim: string;
}

/** Tickets solved on the day they were opened, each with the answer that followed. */
export function tellAnsweredTickets({ customer, people, diary, calendar }: Scene, queue: string, category: string, tickets: readonly AnsweredTicket[]): void {
  tickets.forEach(({ ago, subject, resolution, score, verbatim }, index) => {
    const key = `${customer.id.slice(2)}-s${index + 1}`;
    const [ticket, survey] = [`T-${key}`, `V-${key}`];
    const contact = people.users[index % people.users.length]!.ref;
    const day = calendar.workdayAt(calendar.today - ago);
    diary.tell('ticket.opened', at(day, 9, 5), `${ticket}-opened`, { ticket, queue, category, priority: 'normal', contact, subject });
    diary.tell('ticket.assigned', at(day, 9, 10), `${ticket}-assigned`, { ticket, queue, agent: `a-${1 + (index % 9)}` });
    diary.tell('ticket.resolved', at(day, 11, 40), `${ticket}-resolved`, { ticket, resolution });
    diary.tell('survey.sent', at(day, 12), `${survey}-sent`, { survey, instrument: afterTicket, contact, ticket });
    diary.tell('survey.responded', at(day, 14, 30), `${survey}-responded`, { survey, instrument: afterTicket, score, subject: 'support', ticket, contact, role: 'user', verbatim });
    diary.tell('ticket.closed', at(day, 18), `${ticket}-closed`, { ticket });
  });
}
