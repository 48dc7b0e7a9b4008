import { at, weekday } from '../calendar.js';
import type { Scene } from '../scene.js';

const features = ['remote-help', 'self-service', 'patching', 'device-care', 'single-sign-on', 'reporting', 'mobile', 'automation'];
const product = 'Managed Workplace';

/** Days since telemetry was connected. */
const TELEMETRY = 520;

/** One report a week, on Monday morning about the week before; and the features as they come into use. */
export function tellUsage(scene: Scene): void {
  if (scene.customer.telemetry === false) return;
  const { diary, calendar, start, from, end, seatsOn, useOn } = scene;
  const chance = scene.chance('usage');
  const adopted = adoptionOf(scene);
  adopted.forEach(({ feature, day }) => {
    if (day >= from) diary.tell('usage.feature-adopted', at(calendar.workdayAt(day), 11), `feature-${feature}`, { feature, product });
  });
  const since = Math.max(from, calendar.today - TELEMETRY);
  const firstMonday = since + 7 - weekday(since);
  for (let monday = firstMonday; monday + 7 < end; monday += 7) {
    const { use, features: breadth } = useOn(monday);
    const licensed = seatsOn(monday);
    const rampUp = Math.min(1, 0.45 + (monday - start) / 110);
    const active = Math.min(licensed, Math.round(licensed * use * rampUp * calendar.season(monday) * chance.around(1, 0.02)));
    const known = adopted.filter(({ day }) => day <= monday).map(({ feature }) => feature);
    const used = known.slice(0, Math.max(1, Math.round(known.length * breadth)));
    diary.tell('usage.reported', at(monday + 7, 4, 10), `usage-${calendar.date(monday)}`, {
      from: calendar.date(monday), to: calendar.date(monday + 6), product, licensed, active, features: used, volume: Math.round(active * chance.around(19, 1.2)),
    });
  }
}

function adoptionOf({ customer, start, end, chance: chanceFor }: Scene): { feature: string; day: number }[] {
  const chance = chanceFor('features');
  const count = customer.segment === 'small' ? 4 : customer.segment === 'mid-market' ? 6 : features.length;
  return features.slice(0, count).map((feature, index) => ({ feature, day: index < 2 ? start : start + Math.round(((end - start) * 0.75 * index) / count) + chance.int(0, 20) }));
}
