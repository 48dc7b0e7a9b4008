import { dayOf, at } from '../calendar.js';
import type { Scene } from '../scene.js';
import type { TicketTold } from './tickets.js';

/** Cents of an hour of somebody who solves tickets. */
const HOUR = 7_200;

/** What single tickets cost, where hours are written down: those that came back, and every fifth of the others. They lie beside what serving the customer costs by the quarter. */
export function tellTicketCosts(scene: Scene, tickets: readonly TicketTold[]): void {
  const chance = scene.chance('ticket-costs');
  for (const { ticket, resolvedAt, reopened } of tickets) {
    const hours = (reopened ? 3 : 1) * (0.5 + 2 * chance.next());
    if (!reopened && !chance.yes(0.2)) continue;
    scene.diary.tell('cost.service-cost-recorded', at(dayOf(resolvedAt.at(-1)!) + 1, 6), `${ticket}-cost`, { amount: { amount: Math.round(hours * HOUR), currency: 'EUR' }, ticket, product: 'Managed Workplace', driver: 'labour' });
  }
}
