import { at, type Calendar } from '../calendar.js';
import { mood, tempers } from '../mood.js';
import type { Scene } from '../scene.js';
import type { Story } from './story.js';

const outage = 'X-31';
const service = 'mail';
const startOf = (calendar: Calendar) => at(calendar.workdayAt(calendar.today - 2), 9, 40);

/** Ordinary customers hit by the same outage, who were told when it would be over. */
export const alsoHit: readonly string[] = ['C-1010', 'C-1017', 'C-1021', 'C-1036'];

export const outageWithoutEta: Story = {
  title: 'Outage without an end time',
  lookAt: `Five customers are hit by the outage ${outage} two days ago. Four were told when it would be over, and it was; this one still has no mail and no end time, and has asked three times.`,
  customer: {
    id: 'C-1103', name: 'Windvane Parcel', segment: 'mid-market', industry: 'transport', region: 'North', arr: 172, owner: 'aylin',
    term: 12, terms: 3, renewsIn: 92,
  },
  mood: mood(tempers.steady, {}),
  tell(scene) {
    const { diary, calendar, people } = scene;
    const start = startOf(calendar);
    const ticket = 'T-1103-mail';
    const asker = people.users[0]!.ref;
    diary.tell('ticket.opened', start + 7, `${ticket}-opened`, { ticket, queue: 'Mail', category: 'mail', priority: 'urgent', contact: asker, subject: 'No mail in or out since 9:40' }, { source: 'helpdesk' });
    diary.tell('outage.customer-affected', start, `${outage}-affected`, { outage, service, startedAt: calendar.iso(start), detectedAt: calendar.iso(start + 25) }, { known: start + 25 });
    diary.tell('outage.customer-reported', start + 8, `${outage}-reported`, { outage, ticket, contact: asker });
    diary.tell('ticket.assigned', start + 20, `${ticket}-assigned`, { ticket, queue: 'Mail', agent: 'a-3' });
    diary.tell('ticket.replied', start + 65, `${ticket}-asked-1`, { ticket, by: 'customer', contact: asker, text: 'Is it only us? When will it work again?' });
    diary.tell('outage.customer-notified', start + 190, `${outage}-notified`, { outage });
    diary.tell('ticket.replied', start + 192, `${ticket}-answered-1`, { ticket, by: 'agent', text: 'We know of a fault in the mail service and work on it.' });
    diary.tell('ticket.replied', start + 300, `${ticket}-asked-2`, { ticket, by: 'customer', contact: asker, text: 'Thank you, but until when? We have 40 drivers who get their tours by mail.' });
    diary.tell('outage.workaround-offered', start + 420, `${outage}-workaround`, { outage, text: 'Web mail shows what came in before the fault.' });
    diary.tell('ticket.replied', start + 1410, `${ticket}-asked-3`, { ticket, by: 'customer', contact: asker, text: 'Second day. Others seem to know a time. We do not. Please ring me.' });
  },
};

/** The same outage at a customer who was treated as one should be. */
export function tellOutage({ diary, calendar }: Scene): void {
  const start = startOf(calendar);
  diary.tell('outage.customer-affected', start, `${outage}-affected`, { outage, service, startedAt: calendar.iso(start), detectedAt: calendar.iso(start + 25) }, { known: start + 25 });
  diary.tell('outage.customer-notified', start + 30, `${outage}-notified`, { outage });
  diary.tell('outage.eta-given', start + 75, `${outage}-eta`, { outage, eta: calendar.iso(start + 1860) });
  diary.tell('outage.workaround-offered', start + 90, `${outage}-workaround`, { outage, text: 'Web mail works for what came in before; for the rest there is a number to ring.' });
  diary.tell('outage.updated', start + 1380, `${outage}-updated`, { outage, text: 'Half of the mailboxes are back. The time we named still stands.' });
  // Over before the demo is told: an announced end that passes while somebody looks at the demo would spoil the story.
  diary.tell('outage.resolved', start + 1800, `${outage}-resolved`, { outage });
}

/** An outage of last year that went as it should: told, timed, over. */
export function tellOldOutage({ diary, calendar }: Scene): void {
  const start = calendar.workdayAt(calendar.today - 250) * 1440 + 7 * 60;
  const old = 'X-24';
  diary.tell('outage.customer-affected', start, `${old}-affected`, { outage: old, service: 'network', startedAt: calendar.iso(start) });
  diary.tell('outage.customer-notified', start + 12, `${old}-notified`, { outage: old });
  diary.tell('outage.eta-given', start + 30, `${old}-eta`, { outage: old, eta: calendar.iso(start + 240) });
  diary.tell('outage.resolved', start + 205, `${old}-resolved`, { outage: old });
}
