import { tellBeginning } from './chapters/beginning.js';
import { tellContract, tellEnding } from './chapters/contract.js';
import { tellFeedback } from './chapters/feedback.js';
import { tellInvoices } from './chapters/invoices.js';
import { tellLostSales } from './chapters/lost-sales.js';
import { tellPlans } from './chapters/plans.js';
import { tellSurveys } from './chapters/surveys.js';
import { tellTalks } from './chapters/talks.js';
import { tellTicketCosts } from './chapters/ticket-costs.js';
import { tellTickets } from './chapters/tickets.js';
import { tellUsage } from './chapters/usage.js';
import type { Scene } from './scene.js';

/** Everything an ordinary customer goes through. */
export function tellCustomer(scene: Scene): void {
  tellBeginning(scene);
  tellContract(scene);
  tellInvoices(scene);
  tellUsage(scene);
  const tickets = tellTickets(scene);
  tellTicketCosts(scene, tickets);
  tellFeedback(scene, tellSurveys(scene, tickets));
  tellTalks(scene);
  tellPlans(scene);
  tellLostSales(scene);
  tellEnding(scene);
}
