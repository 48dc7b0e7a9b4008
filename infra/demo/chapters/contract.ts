import { at } from '../calendar.js';
import type { Scene } from '../scene.js';

export const intervalOf = { small: 'month', 'mid-market': 'quarter', enterprise: 'quarter' } as const;
export const monthsOf = { month: 1, quarter: 3, year: 12 } as const;
const notice = { small: 30, 'mid-market': 60, enterprise: 90 };

/** What is paid per interval for so many seats, in cents. */
export function recurringOn(scene: Scene, day: number) {
  const interval = intervalOf[scene.customer.segment];
  return { recurring: { amount: scene.seatsOn(day) * scene.seatPrice * monthsOf[interval], currency: 'EUR' }, interval };
}

/** The subscription from its start to today: seats that change, renewals that were decided or not, and its end. */
export function tellContract(scene: Scene): void {
  const { customer, diary, start, growth, calendar } = scene;
  const subscription = `S-${customer.id.slice(2)}-1`;
  const autoRenew = customer.segment === 'small';
  diary.tell('subscription.started', at(start, 8), 'subscription-started', {
    subscription, product: 'Managed Workplace', ...recurringOn(scene, start), seats: scene.seatsOn(start), termMonths: customer.term,
    noticeDays: notice[customer.segment], renewsOn: calendar.date(calendar.plusMonths(start, customer.term)), autoRenew,
  });
  growth.slice(1).forEach(({ day, seats }, index) => {
    diary.tell('subscription.changed', at(calendar.workdayAt(day), 9), `subscription-changed-${index + 1}`, { subscription, recurring: recurringOn(scene, day).recurring, seats });
  });
  tellNotice(scene, subscription);
  if (autoRenew) return;
  for (let term = 1; term <= customer.terms; term++) tellRenewal(scene, subscription, term);
}

function tellRenewal(scene: Scene, subscription: string, term: number): void {
  const { customer, people, diary, start, calendar, mood } = scene;
  const renewal = `R-${customer.id.slice(2)}-${term}`;
  const dueOn = calendar.plusMonths(start, customer.term * term);
  const isPresent = term === customer.terms;
  const { recurring, interval } = recurringOn(scene, dueOn - 90);
  const onWorkday = (before: number) => calendar.workdayAt(dueOn - before);
  diary.tell('renewal.opened', at(onWorkday(130), 9), `renewal-${term}-opened`, { renewal, subscription, dueOn: calendar.date(dueOn), recurring });
  diary.tell('renewal.quoted', at(onWorkday(110), 15), `renewal-${term}-quoted`, { renewal, recurring, interval });
  if (isPresent && mood.cancelled !== undefined) {
    diary.tell('renewal.decided', at(calendar.workdayAt(calendar.today - mood.cancelled), 12), `renewal-${term}-decided`, { renewal, decision: 'no', contact: people.payers[0]!.ref });
    return;
  }
  if (isPresent && (!mood.decides || customer.leftAgo !== undefined)) return;
  diary.tell('renewal.decided', at(onWorkday(95), 11), `renewal-${term}-decided`, { renewal, decision: 'yes', contact: people.payers[0]!.ref });
  if (isPresent && customer.renewsIn > 60) return;
  const renewsOn = calendar.date(calendar.plusMonths(dueOn, customer.term));
  diary.tell('renewal.renewed', at(onWorkday(20), 10), `renewal-${term}-renewed`, { renewal, subscription, renewsOn, recurring, interval });
}

function tellNotice({ customer, diary, calendar, mood }: Scene, subscription: string): void {
  if (mood.cancelled === undefined) return;
  const effectiveOn = calendar.date(calendar.today + customer.renewsIn);
  diary.tell('subscription.cancellation-requested', at(calendar.workdayAt(calendar.today - mood.cancelled), 11), 'cancellation', { subscription, effectiveOn, reason: 'better-offer' });
}

/** Why and how the ones who are gone went. */
export function tellEnding(scene: Scene): void {
  const { customer, diary, end, calendar } = scene;
  if (customer.leftAgo === undefined) return;
  const subscription = `S-${customer.id.slice(2)}-1`;
  const merged = customer.mood === 'steady';
  const reason = merged ? 'merger' : customer.mood === 'failing' ? 'bad-fit' : 'voluntary';
  diary.tell('subscription.cancellation-requested', at(calendar.workdayAt(end - 75), 14), 'cancellation', { subscription, effectiveOn: calendar.date(end), reason: merged ? 'taken-over' : 'dissatisfied' });
  if (customer.segment !== 'small') {
    diary.tell('renewal.decided', at(calendar.workdayAt(end - 74), 9), 'renewal-no', { renewal: `R-${customer.id.slice(2)}-${customer.terms}`, decision: 'no' });
  }
  diary.tell('subscription.ended', at(end, 17), 'subscription-ended', { subscription, reason });
  diary.tell('customer.closed', at(end, 17, 30), 'closed', { reason });
}
