import { at } from '../calendar.js';
import type { Scene } from '../scene.js';
import { competitors, lostBecause } from '../words/talk-words.js';

/** What went to somebody else: the next term of those who left by themselves, and a second product where a competitor was looked at. Some of it to nobody in particular. */
export function tellLostSales(scene: Scene): void {
  const { customer, diary, calendar, mood, end } = scene;
  const chance = scene.chance('lost-sales');
  const number = customer.id.slice(2);
  const rival = chance.yes(0.8) ? { competitor: chance.pick(competitors) } : {};
  const reason = chance.pick(lostBecause);
  const lose = (opportunity: string, product: string, share: number, [opened, lost]: readonly [number, number]) => {
    const on = (ago: number, hour: number) => at(calendar.workdayAt(end - ago), hour);
    diary.tell('sale.opportunity-opened', on(opened, 10), `${opportunity}-opened`, { opportunity, product, seller: 'lale', amount: { amount: Math.round(customer.arr * share) * 100_000, currency: 'EUR' } });
    diary.tell('sale.lost', on(lost, 12), `${opportunity}-lost`, { opportunity, reason, ...rival });
  };
  if (customer.leftAgo !== undefined) {
    if (mood.cancelled === undefined && customer.mood !== 'steady') lose(`O-${number}-next`, 'Managed Workplace', 1, [130, 76]);
  } else if (mood.competitor && customer.arr > 20) lose(`O-${number}-network`, 'Managed Network', 0.25, [mood.competitor.ago + 45, Math.max(3, mood.competitor.ago - 14)]);
}
