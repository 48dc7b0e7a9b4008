import { at } from '../calendar.js';
import type { Scene } from '../scene.js';
import { intervalOf, monthsOf, recurringOn } from './contract.js';

const VAT = 1.19;
const PRODUCT = 'Managed Workplace';
/** Of what serving costs, what goes to licences and vendors. */
const LICENCES = 0.35;

/** An invoice per interval with its payment, late or never where the temper says so; and what the service cost us, by quarter. */
export function tellInvoices(scene: Scene): void {
  const { customer, diary, calendar, start, from, end, temperOn } = scene;
  const chance = scene.chance('invoices');
  const months = monthsOf[intervalOf[customer.segment]];
  for (let count = 0; ; count++) {
    const day = calendar.plusMonths(start, count * months);
    if (day >= end) break;
    if (day < from) continue;
    const invoice = `I-${customer.id.slice(2)}-${count + 1}`;
    const { recurring } = recurringOn(scene, day);
    const dueOn = day + 30;
    diary.tell('invoice.issued', at(calendar.workdayAt(day), 7), `${invoice}-issued`, { invoice, amount: { amount: Math.round(recurring.amount * VAT), currency: 'EUR' }, dueOn: calendar.date(dueOn), net: { amount: recurring.amount, currency: 'EUR' }, product: PRODUCT });
    const after = temperOn(dueOn).paysAfter + Math.round(chance.around(0, 3));
    if (after > 10) diary.tell('invoice.overdue', at(dueOn + 10, 6), `${invoice}-overdue`, { invoice, days: 10 });
    if (after < 400) diary.tell('invoice.paid', at(calendar.workdayAt(Math.max(day + 3, dueOn + after)), 12), `${invoice}-paid`, { invoice });
    if (count % 7 === 5 && chance.yes(0.2)) {
      diary.tell('invoice.credited', at(calendar.workdayAt(day + 12), 10), `${invoice}-credited`, { invoice, amount: { amount: Math.round(recurring.amount * 0.04), currency: 'EUR' } });
    }
  }
  tellServiceCost(scene);
}

function tellServiceCost(scene: Scene): void {
  const { customer, diary, from, end, temperOn, seatsOn, seatPrice } = scene;
  const chance = scene.chance('service-cost');
  for (let day = from + 91, index = 1; day < end; day += 91, index++) {
    const { tickets, slow } = temperOn(day);
    const share = customer.economics?.service ?? 0.5 + 0.06 * (tickets - 1) + 0.05 * (slow - 1);
    const cost = Math.round(seatsOn(day) * seatPrice * 3 * chance.around(share, 0.03));
    const licences = Math.round(cost * LICENCES);
    for (const [driver, amount] of [['labour', cost - licences], ['licences', licences]] as const) {
      diary.tell('cost.service-cost-recorded', at(day, 20), `service-cost-${index}-${driver}`, { amount: { amount, currency: 'EUR' }, product: PRODUCT, driver });
    }
  }
}
