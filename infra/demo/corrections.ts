import { at } from './calendar.js';
import type { Scene } from './scene.js';

/** A ticket that was booked on the wrong customer and taken back. */
export function tellRetraction({ diary, calendar, customer }: Scene): void {
  const day = calendar.workdayAt(calendar.today - 44);
  const ticket = `T-${customer.id.slice(2)}-wrong`;
  diary.tell('ticket.opened', at(day, 9), `${ticket}-opened`, { ticket, queue: 'Servers', category: 'performance', priority: 'urgent', subject: 'Everything stands still' });
  diary.tell('record.retracted', at(day, 11), `${ticket}-retracted`, { events: [{ source: 'helpdesk', id: `${customer.id}.${ticket}-opened` }], reason: 'Booked on the wrong customer' });
}

/** An invoice with a mistyped due day, put right a day later. */
export function tellAmendment({ diary, calendar, customer }: Scene): void {
  const day = calendar.workdayAt(calendar.today - 38);
  const invoice = `I-${customer.id.slice(2)}-extra`;
  const amount = { amount: 214_200, currency: 'EUR' };
  diary.tell('invoice.issued', at(day, 7), `${invoice}-issued`, { invoice, amount, dueOn: calendar.date(day + 3) });
  diary.tell('record.amended', at(day + 1, 9), `${invoice}-amended`, {
    event: { source: 'billing', id: `${customer.id}.${invoice}-issued` }, data: { invoice, amount, dueOn: calendar.date(day + 30) }, reason: 'Due day mistyped',
  });
  diary.tell('invoice.paid', at(calendar.workdayAt(day + 28), 12), `${invoice}-paid`, { invoice });
}
