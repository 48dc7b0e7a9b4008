import { type Chance } from '../chance.js';
import { at, dayOf, type Moment } from '../calendar.js';
import type { Person } from '../people.js';
import { momentsOf, type Scene } from '../scene.js';
import { agentReplies, customerReplies, escalationReasons, reopenReasons, requests, resolutions } from '../words/ticket-words.js';

/** A ticket as it ended up. */
export interface TicketTold {
  readonly ticket: string;
  readonly asker: Person;
  /** When we called it solved, each time. */
  readonly resolvedAt: readonly Moment[];
  readonly reopened: boolean;
}

/** Days between two tickets for a company of this size. */
const everyDays = (seats: number) => 30 / (0.22 + 0.024 * Math.sqrt(seats));

/** What people at the customer asked for, from the first word to the last. */
export function tellTickets(scene: Scene): TicketTold[] {
  const told: TicketTold[] = [];
  for (const { moment, index, chance } of momentsOf(scene, 'tickets', (day) => everyDays(scene.seatsOn(day)) / scene.temperOn(day).tickets)) {
    told.push(tellTicket(scene, `T-${scene.customer.id.slice(2)}-${index + 1}`, moment, chance));
  }
  tellHotTickets(scene);
  return told;
}

/** The ones that everybody at the customer talks about. */
function tellHotTickets(scene: Scene): void {
  const { customer, diary, calendar, people, mood, end } = scene;
  const chance = scene.chance('hot-tickets');
  const [shift, apart] = [chance.int(0, 5), chance.int(1, 3)];
  const usual = mood.hotTickets ?? 0;
  const count = usual > 2 ? usual - chance.int(0, 1) : usual;
  for (let index = 0; index < count; index++) {
    const ticket = `T-${customer.id.slice(2)}-hot${index + 1}`;
    const on = (ago: number, hour: number) => at(calendar.workdayAt(end - ago), hour);
    const { queue, category, subjects } = chance.pick(requests);
    const first = 27 - apart * index - shift;
    const contact = chance.pick(people.users).ref;
    diary.tell('ticket.opened', on(first, 8), `${ticket}-opened`, { ticket, queue, category, priority: 'high', contact, subject: chance.pick(subjects) });
    diary.tell('ticket.assigned', on(first, 10), `${ticket}-assigned`, { ticket, queue, agent: `a-${chance.int(1, 9)}` });
    diary.tell('ticket.resolved', on(first - 6, 15), `${ticket}-resolved`, { ticket, resolution: chance.pick(resolutions) });
    diary.tell('ticket.reopened', on(first - 9, 9), `${ticket}-reopened`, { ticket, reason: chance.pick(reopenReasons) });
    diary.tell('ticket.replied', on(first - 11, 11), `${ticket}-reply`, { ticket, by: 'customer', contact, text: chance.pick(customerReplies) });
    if (index % 2 === 0) diary.tell('ticket.escalated', on(first - 13, 16), `${ticket}-escalated`, { ticket, reason: chance.pick(escalationReasons) });
    diary.tell('ticket.priority-changed', on(first - 13, 17), `${ticket}-urgent`, { ticket, priority: 'urgent' });
  }
}

function tellTicket(scene: Scene, ticket: string, opened: Moment, chance: Chance): TicketTold {
  const { diary, calendar, people, temperOn } = scene;
  const temper = temperOn(dayOf(opened));
  const asker = chance.pick(people.users);
  const { queue, category, hours, subjects } = chance.pick(requests);
  const priority = chance.pick(['low', 'normal', 'normal', 'normal', 'high', 'high', 'urgent'] as const);
  const agent = `a-${chance.int(1, 9)}`;
  const after = (moment: Moment, most: number) => calendar.plusWork(moment, most * (0.5 + 0.5 * chance.next()));
  diary.tell('ticket.opened', opened, `${ticket}-opened`, { ticket, queue, category, priority, contact: asker.ref, subject: chance.pick(subjects) });
  let now = after(opened, 0.8 * temper.slow);
  diary.tell('ticket.assigned', now, `${ticket}-assigned`, { ticket, queue, agent });
  now = after(now, 1.5 * temper.slow);
  diary.tell('ticket.replied', now, `${ticket}-reply-1`, { ticket, by: 'agent', text: chance.pick(agentReplies) });
  if (chance.yes(0.3)) now = tellWaiting(scene, ticket, now, asker, chance);
  if (chance.yes(temper.missesSla)) diary.tell('ticket.sla-missed', (now = after(now, 3)), `${ticket}-sla`, { ticket, target: chance.pick(['first-response', 'resolution']) });
  if (chance.yes(temper.escalates)) diary.tell('ticket.escalated', (now = after(now, 4)), `${ticket}-escalated`, { ticket, reason: chance.pick(escalationReasons) });
  now = after(now, hours * temper.slow * (priority === 'urgent' ? 0.5 : 1.1));
  diary.tell('ticket.resolved', now, `${ticket}-resolved-1`, { ticket, resolution: chance.pick(resolutions) });
  const resolvedAt = [now];
  const reopened = chance.yes(temper.reopens);
  if (reopened) resolvedAt.push((now = tellReopening(scene, ticket, now, asker, chance, temper.slow)));
  diary.tell('ticket.closed', calendar.plusWork(now, 30), `${ticket}-closed`, { ticket });
  return { ticket, asker, resolvedAt, reopened };
}

/** We wait for an answer of theirs, with the clock stopped. */
function tellWaiting({ diary, calendar }: Scene, ticket: string, since: Moment, asker: Person, chance: Chance): Moment {
  diary.tell('ticket.paused', since + 5, `${ticket}-paused`, { ticket, reason: 'waiting-for-customer' });
  const answered = calendar.plusWork(since, 2 + 12 * chance.next());
  diary.tell('ticket.replied', answered, `${ticket}-reply-2`, { ticket, by: 'customer', contact: asker.ref, text: chance.pick(customerReplies) });
  diary.tell('ticket.resumed', answered + 1, `${ticket}-resumed`, { ticket });
  return answered + 1;
}

function tellReopening({ diary, calendar }: Scene, ticket: string, resolved: Moment, asker: Person, chance: Chance, slow: number): Moment {
  const back = calendar.plusWork(resolved, 3 + 14 * chance.next());
  diary.tell('ticket.reopened', back, `${ticket}-reopened`, { ticket, reason: chance.pick(reopenReasons) });
  diary.tell('ticket.replied', back + 10, `${ticket}-reply-3`, { ticket, by: 'customer', contact: asker.ref, text: chance.pick(customerReplies) });
  const again = calendar.plusWork(back, (3 + 12 * chance.next()) * slow);
  diary.tell('ticket.resolved', again, `${ticket}-resolved-2`, { ticket, resolution: chance.pick(resolutions) });
  return again;
}
