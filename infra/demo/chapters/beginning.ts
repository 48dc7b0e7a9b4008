import { at } from '../calendar.js';
import { latest } from '../mood.js';
import type { Scene } from '../scene.js';

const EUR = 'EUR';
const sellers = ['petra', 'ruben', 'lale'];

/** How the customer came to us: opportunity, fit, sale, what it cost, who is who. */
export function tellBeginning(scene: Scene): void {
  const { customer, people, diary, start, calendar, mood, seatsOn } = scene;
  const chance = scene.chance('beginning');
  const number = customer.id.slice(2);
  const seller = chance.pick(sellers);
  const opportunity = `O-${number}-1`;
  const firstMeeting = calendar.workdayAt(start - chance.int(50, 140));
  const yearly = { amount: Math.round(customer.arr * 100_000), currency: EUR };
  diary.tell('customer.registered', at(firstMeeting, 9), 'registered', {
    name: customer.name, segment: customer.segment, industry: customer.industry, region: customer.region, size: Math.round(seatsOn(start) * chance.around(1.6, 0.2)), owner: customer.owner,
  });
  diary.tell('customer.alias-added', at(firstMeeting, 9, 5), 'alias-billing', { system: 'billing', id: `D-${number}` });
  people.all.forEach((person, index) => {
    const { ref: contact, name, email, phone, title, role, sponsor } = person;
    diary.tell('contact.added', at(firstMeeting, 9, 10 + index), `contact-${index + 1}`, { contact, name, email, phone, title, role, sponsor });
  });
  diary.tell('sale.opportunity-opened', at(firstMeeting, 11), 'opportunity-opened', { opportunity, product: 'Managed Workplace', seller, amount: yearly });
  const score = customer.economics?.fit ?? Math.round(Math.min(97, Math.max(35, chance.around(latest(mood).use < 0.4 ? 58 : 76, 9))));
  diary.tell('sale.fit-assessed', at(firstMeeting + 7, 15), 'fit', { score, rubric: 'fit-2', seller });
  const signed = calendar.workdayAt(start - chance.int(8, 20));
  diary.tell('sale.won', at(signed, 14), 'won', { opportunity, amount: yearly, product: 'Managed Workplace', seller, channel: chance.pick(['partner', 'fair', 'recommendation', 'web', 'tender']) });
  diary.tell('cost.acquisition-cost-recorded', at(signed, 18), 'acquisition-cost', { amount: { amount: Math.round(customer.arr * 100_000 * (customer.economics?.acquisition ?? chance.around(0.32, 0.05))), currency: EUR } });
  if (customer.parent) diary.tell('customer.parent-changed', at(signed, 15), 'parent', { parent: { system: 'crm', id: customer.parent } });
  tellProject(scene, signed);
  if (mood.sponsorLeft !== undefined) {
    diary.tell('contact.left', at(calendar.workdayAt(scene.end - mood.sponsorLeft), 12), 'sponsor-left', { contact: people.sponsor.ref });
  }
}

/** The first roll-out, a little late now and then as such things are. */
function tellProject({ customer, diary, start, calendar, chance: chanceFor }: Scene, signed: number): void {
  const chance = chanceFor('roll-out');
  const deployment = `D-${customer.id.slice(2)}-1`;
  const live = calendar.workdayAt(start + chance.int(-2, 12));
  diary.tell('deployment.started', at(signed + 1, 9), 'rollout-started', { deployment, product: 'Managed Workplace', plannedGoLive: calendar.date(calendar.workdayAt(start + 5)) });
  diary.tell('deployment.milestone-reached', at(calendar.workdayAt(Math.round((signed + live) / 2)), 16), 'rollout-pilot', { deployment, milestone: 'Pilot group migrated' });
  diary.tell('deployment.went-live', at(live, 17), 'rollout-live', { deployment });
}
