import { calendarOf } from './calendar.js';
import { tellAmendment, tellRetraction } from './corrections.js';
import { customers } from './customers.js';
import type { DemoEvent, DemoStory } from './demo-event.js';
import { type Scene, sceneOf } from './scene.js';
import { badFit } from './stories/bad-fit.js';
import { greenSla } from './stories/green-sla.js';
import { alsoHit, outageWithoutEta, tellOldOutage, tellOutage } from './stories/outage-without-eta.js';
import { quietPayer } from './stories/quiet-payer.js';
import { savedByACall } from './stories/saved-by-a-call.js';
import type { Story } from './stories/story.js';
import { surveyedWhileBroken } from './stories/surveyed-while-broken.js';
import { tellUnread, unreadIn } from './stories/unread-this-week.js';
import { tellTool, toolsIn } from './tools-in-place.js';
import { strangers } from './strangers.js';
import { tellCustomer } from './tell-customer.js';

const stories: readonly Story[] = [quietPayer, greenSla, outageWithoutEta, surveyedWhileBroken, badFit, savedByACall];

/** The six stories of the demo, and where to look. */
export const demoStories: readonly DemoStory[] = stories.map(({ customer, title, lookAt }) => ({ customer: { system: 'crm', id: customer.id }, name: customer.name, title, lookAt }));

const extras: Readonly<Record<string, (scene: Scene) => void>> = {
  ...Object.fromEntries(alsoHit.map((id) => [id, tellOutage])), 'C-1004': tellOldOutage, 'C-1009': tellOldOutage, 'C-1013': tellOldOutage, 'C-1016': tellRetraction, 'C-1020': tellAmendment,
  ...Object.fromEntries(toolsIn.map((id) => [id, tellTool])),
  ...Object.fromEntries(unreadIn.map((id) => [id, tellUnread])),
};

/**
 * Two years of an invented IT service provider and its invented customers, ending the day before `today` (YYYY-MM-DD) in `timeZone` (IANA name).
 * In the order in which they became known. The same arguments give the same events; a customer's ids are always the same.
 * @throws RangeError for a `today` that is no date
 */
export function demoStory({ seed, today, timeZone }: { seed: number; today: string; timeZone: string }): DemoEvent[] {
  const calendar = calendarOf(today, timeZone);
  const scenes: Scene[] = [];
  for (const customer of customers) {
    const scene = sceneOf(customer, calendar, seed);
    tellCustomer(scene);
    extras[customer.id]?.(scene);
    scenes.push(scene);
  }
  for (const { customer, mood, tell } of stories) {
    const scene = sceneOf(customer, calendar, seed, mood);
    tellCustomer(scene);
    tell?.(scene);
    scenes.push(scene);
  }
  const events = [...scenes.flatMap(({ diary }) => diary.events), ...strangers(calendar)];
  return events.sort((a, b) => compare(a.observedAt, b.observedAt) || compare(a.time, b.time));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
