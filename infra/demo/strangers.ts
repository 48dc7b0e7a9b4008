import { at, type Calendar } from './calendar.js';
import type { DemoEvent } from './demo-event.js';
import { diaryOf } from './diary.js';

/** Events that name a customer whom nobody has registered: from the helpdesk, from billing, from telemetry. */
export function strangers(calendar: Calendar): readonly DemoEvent[] {
  const day = (ago: number) => calendar.workdayAt(calendar.today - ago);
  const diaries = [diaryOf({ system: 'helpdesk', id: 'ORG-7731' }, calendar, calendar.today), diaryOf({ system: 'billing', id: 'D-9040' }, calendar, calendar.today), diaryOf({ system: 'telemetry', id: 'site-5c1' }, calendar, calendar.today)] as const;
  const [asks, pays, uses] = diaries;
  [64, 33, 12].forEach((ago, index) => {
    const ticket = `T-7731-${index + 1}`;
    const contact = { system: 'helpdesk', id: 'U-8812' };
    asks.tell('ticket.opened', at(day(ago), 11), `${ticket}-opened`, { ticket, queue: 'Access', category: 'passwords', priority: 'normal', contact, subject: 'Cannot sign in at the new branch' });
    asks.tell('ticket.replied', at(day(ago), 13), `${ticket}-reply-1`, { ticket, by: 'agent', text: 'Which contract does the branch belong to? We do not find you.' });
    asks.tell('ticket.resolved', at(day(ago) + 1, 10), `${ticket}-resolved`, { ticket, resolution: 'Access given by hand.' });
  });
  [85, 54, 25].forEach((ago, index) => {
    const invoice = `I-9040-${index + 1}`;
    pays.tell('invoice.issued', at(day(ago), 7), `${invoice}-issued`, { invoice, amount: { amount: 78_540, currency: 'EUR' }, dueOn: calendar.date(day(ago) + 30) });
    pays.tell('invoice.paid', at(day(ago - 20), 12), `${invoice}-paid`, { invoice });
  });
  [28, 21, 14, 7].forEach((ago) => {
    const monday = calendar.today - ago - ((calendar.today - ago + 3) % 7);
    uses.tell('usage.reported', at(monday, 4, 10), `usage-${calendar.date(monday - 7)}`, { from: calendar.date(monday - 7), to: calendar.date(monday - 1), product: 'Managed Network', licensed: 20, active: 11 + (ago % 3) });
  });
  return diaries.flatMap(({ events }) => events);
}
