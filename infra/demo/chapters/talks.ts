import { at } from '../calendar.js';
import type { Chance } from '../chance.js';
import { latest } from '../mood.js';
import type { Person } from '../people.js';
import { momentsOf, type Scene } from '../scene.js';
import { messageNotes, observations, payerNotes, reviewNotes, talkNotes } from '../words/talk-words.js';

/** Calls, meetings, visits, reviews and what was noticed in passing. */
export function tellTalks(scene: Scene): void {
  const { customer, people, diary, temperOn, isHere } = scene;
  const by = customer.owner;
  for (const { moment, day, index, chance } of momentsOf(scene, 'talks', (today) => temperOn(today).talkEvery)) {
    const someone = chance.pick([...people.users, people.sponsor].filter((person) => isHere(person, day)));
    tellTalk(scene, `talk-${index + 1}`, moment, someone, by, chance);
  }
  for (const { moment, day, index, chance } of momentsOf(scene, 'payer-talks', (today) => temperOn(today).payerEvery)) {
    const payers = people.payers.filter((person) => isHere(person, day));
    if (!payers.length) continue;
    const type = chance.yes(0.6) ? 'engagement.call-held' : 'engagement.meeting-held';
    diary.tell(type, moment, `payer-talk-${index + 1}`, { with: [chance.pick(payers).ref], twoWay: true, by, outcome: 'reached', note: chance.pick(payerNotes) });
  }
  if (customer.segment !== 'small') tellReviews(scene);
}

function tellTalk({ diary }: Scene, key: string, moment: number, someone: Person, by: string, chance: Chance): void {
  const kind = chance.next();
  if (kind < 0.42) diary.tell('engagement.call-held', moment, key, { with: [someone.ref], twoWay: true, by, outcome: 'reached', note: chance.pick(talkNotes) });
  else if (kind < 0.66) diary.tell('engagement.meeting-held', moment, key, { with: [someone.ref], twoWay: true, by, note: chance.pick(talkNotes) });
  else if (kind < 0.75) diary.tell('engagement.visit-made', moment, key, { with: [someone.ref], twoWay: true, by, note: chance.pick(talkNotes) });
  else if (kind < 0.93) diary.tell('engagement.message-exchanged', moment, key, { with: [someone.ref], twoWay: chance.yes(0.5), by, note: chance.pick(messageNotes) });
  // Noticed on one day, written down on another.
  else diary.tell('engagement.observation-recorded', moment, key, { twoWay: false, by, note: chance.pick(observations) }, { known: moment + 1440 * chance.int(1, 6) });
}

/** Quarterly with large customers, half-yearly with others; skipped once payers no longer come. */
function tellReviews(scene: Scene): void {
  const { customer, people, diary, temperOn, mood, end, calendar, isHere } = scene;
  for (const { moment, day, index, chance } of momentsOf(scene, 'reviews', (today) => (temperOn(today).payerEvery > 100 ? 100_000 : customer.segment === 'enterprise' ? 91 : 182))) {
    const guests = [people.payers[0]!, people.sponsor].filter((person) => isHere(person, day)).map(({ ref }) => ref);
    if (!guests.length) continue;
    diary.tell('engagement.business-review-held', moment, `review-${index + 1}`, { with: guests, twoWay: true, by: customer.owner, outcome: 'goals-agreed', note: chance.pick(reviewNotes) });
  }
  const chance = scene.chance('users-day');
  const usersDay = calendar.workdayAt(calendar.today - 140);
  if (chance.yes(latest(mood).users > 0.5 ? 0.45 : 0.1) && usersDay > scene.from && usersDay < end && isHere(people.sponsor, usersDay)) {
    diary.tell('engagement.event-attended', at(usersDay, 9), 'users-day', { with: [people.sponsor.ref], twoWay: true, note: 'Users day in the old brewery.' });
  }
}
