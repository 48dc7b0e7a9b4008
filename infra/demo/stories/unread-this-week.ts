import type { Scene } from '../scene.js';
import { type AnsweredTicket, tellAnsweredTickets } from './answered-ticket.js';

/** Answers of the last days that nobody has got to yet, by customer. */
const answers: Readonly<Record<string, AnsweredTicket>> = {
  'C-1011': { ago: 4, subject: 'Badge does not open the side gate', resolution: 'Badge replaced.', score: 2, verbatim: 'Four days outside in the rain. A badge, not a rocket.' },
  'C-1012': { ago: 3, subject: 'Quotation template has the old logo', resolution: 'Template changed.', score: 3, verbatim: 'Done, but nobody told me; I found out by chance.' },
  'C-1018': { ago: 2, subject: 'Please move two desks to the new wing', resolution: 'Moved on Tuesday.', score: 5, verbatim: 'Everything stood there on Tuesday morning. Thank you!' },
  'C-1022': { ago: 2, subject: 'Scanner in goods-in stops at noon', resolution: 'Restart planned for the night.', score: 1, verbatim: 'A restart is not a repair. It stopped again today.' },
};

export const unreadIn = Object.keys(answers);

export function tellUnread(scene: Scene): void {
  tellAnsweredTickets(scene, 'Workplace', 'devices', [answers[scene.customer.id]!]);
}
