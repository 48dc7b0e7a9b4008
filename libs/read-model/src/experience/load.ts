import type { Sql } from '#event-store';
import { type AnnualAmount, type Asking, type ExperienceAnswer, type JudgedTicket, slaKept, type Ticket } from '#insight';
import { type AnswerRow, answersTable } from '../answers/answers-table.js';
import { findLiveRows } from '../customers/live-rows.js';
import { ticketIn, ticketsTable } from '../tickets/tickets-table.js';
import { type Keyed, liesIn, rowsAt } from './rows-at.js';
import { type ExperienceWindow, isIn } from './window.js';

export interface ExperienceCustomer {
  readonly id: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly status: string;
  /** What it pays a year, in the currency that it pays most in. */
  readonly arr: AnnualAmount | null;
  /** Its subscriptions: days on which they began and ended. */
  readonly served: readonly { readonly startedOn: number; readonly endedOn: number | null }[];
  /** The roles of its contacts, by our id. */
  readonly roles: ReadonlyMap<string, string>;
}

export interface HeardAnswer extends ExperienceAnswer { readonly instrument: string; readonly subject: string | null; readonly about: CountedTicket | null }
export interface SentAsking extends Asking { readonly customer: string; readonly instrument: string; readonly about: CountedTicket | null }
/** `firstAt`: when it was opened; where nobody told that, its first fact. */
export interface CountedTicket extends Ticket { readonly id: string; readonly customer: string; readonly firstAt: string }

/** What figures of a window are made from. */
export interface Experience {
  readonly answers: readonly HeardAnswer[];
  readonly askings: readonly SentAsking[];
  readonly tickets: readonly CountedTicket[];
  readonly customers: ReadonlyMap<string, ExperienceCustomer>;
}

export async function loadExperience(sql: Sql, tenant: string, window: ExperienceWindow): Promise<Experience> {
  const customers = await customersOf(sql, tenant);
  const asked = await rowsAt(sql, answersTable, tenant, window, { by: ['answered_at', 'sent_at'] });
  const about = asked.filter(({ ticket }) => ticket !== null);
  const rows = await rowsAt(sql, ticketsTable, tenant, window, { by: ['first_at'], or: { customers: about.map(({ customer }) => customer), entities: about.map(({ ticket }) => ticket!) } });
  const tickets = rows.map((row): CountedTicket => ({ ...ticketIn(row), id: row.entity, customer: row.customer, firstAt: new Date(row.first_at).toISOString() }));
  const known = new Map(tickets.map((ticket) => [JSON.stringify([ticket.customer, ticket.id]), ticket]));
  const ticketOf = ({ customer, ticket }: Keyed<AnswerRow>) => (ticket === null ? null : known.get(JSON.stringify([customer, ticket])) ?? null);
  // Whoever does not answer says in no role that they do not: only what is known of the person tells those who answered and those who did not apart alike.
  const roleOf = ({ customer, contact }: Keyed<AnswerRow>) => customers.get(customer)?.roles.get(contact ?? '') ?? null;
  return {
    customers, tickets: tickets.filter(({ firstAt }) => isIn(window, firstAt)),
    answers: asked.filter(({ answered_at: at }) => liesIn(window, at)).map((row) => ({ ...answerIn(row), role: (row.role ?? onlyRole(roleOf(row))) as ExperienceAnswer['role'], about: ticketOf(row) })),
    askings: asked.filter(({ sent_at: at }) => liesIn(window, at)).map((row): SentAsking => ({
      survey: row.entity, customer: row.customer, instrument: instrumentOf(row), segment: customers.get(row.customer)?.segment ?? null, role: roleOf(row), sentAt: row.sent_at!, endsAt: row.until, about: ticketOf(row),
      state: row.state === 'answered' || row.state === 'expired' ? row.state : 'open',
    })),
  };
}

/** Who is both speaks for neither alone. */
const onlyRole = (role: string | null) => (role === 'both' ? null : role);

function answerIn(row: Keyed<AnswerRow>): Omit<HeardAnswer, 'about' | 'role'> {
  return {
    survey: row.entity, customer: row.customer, contact: row.contact, kind: row.kind as ExperienceAnswer['kind'], instrument: instrumentOf(row), min: row.min!, max: row.max!, bar: row.bar,
    score: row.score!, subject: row.subject, verdict: row.verdict!, lostMinutes: row.lost_minutes, at: row.answered_at!, ticket: row.ticket,
  };
}

/** By its name, or what kind it is. */
const instrumentOf = ({ instrument, kind }: AnswerRow): string => instrument ?? kind ?? 'unknown';

/** The tickets of the window that somebody answered about, by the newest answer. */
export function judgedTickets({ answers, tickets }: Experience): JudgedTicket[] {
  const newest = new Map(answers.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).flatMap((answer) => (answer.ticket === null ? [] : [[JSON.stringify([answer.customer, answer.ticket]), answer] as const])));
  return tickets.flatMap((ticket) => {
    const { id, customer, queue } = ticket;
    const answer = newest.get(JSON.stringify([customer, id]));
    return answer ? [{ ticket: id, customer, queue, slaKept: slaKept(ticket), miss: answer.verdict === 'miss' }] : [];
  });
}

export async function customersOf(sql: Sql, tenant: string): Promise<ReadonlyMap<string, ExperienceCustomer>> {
  const { from } = await findLiveRows(sql);
  const rows = await sql.query<Omit<ExperienceCustomer, 'arr' | 'roles'> & { arr: readonly AnnualAmount[]; contacts: readonly { readonly id: string; readonly role: string | null }[] }>(
    `select customer as id, name, segment, status, coalesce(profile -> 'arr', '[]') as arr, coalesce(profile -> 'contacts', '[]') as contacts,
       (select coalesce(jsonb_agg(jsonb_build_object('startedOn', each -> 'startedOn', 'endedOn', each -> 'endedOn')), '[]') from jsonb_array_elements(coalesce(profile -> 'subscriptions', '[]')) as each) as served from ${from} where tenant = $1`, [tenant]);
  return new Map(rows.map(({ arr, contacts, ...row }) => [row.id, {
    ...row, arr: arr.toSorted((a, b) => b.amount - a.amount)[0] ?? null, roles: new Map(contacts.flatMap(({ id, role }) => (role === null ? [] : [[id, role] as const]))),
  }]));
}
