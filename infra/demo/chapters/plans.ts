import { at } from '../calendar.js';
import { momentsOf, type Scene } from '../scene.js';
import { competitors, goalsSet, outcomesClaimed, promisesMade } from '../words/talk-words.js';

/** What was agreed: promises of ours, goals, projects; and whom else they talk to. */
export function tellPlans(scene: Scene): void {
  tellPromises(scene);
  tellGoals(scene);
  tellSecondProject(scene);
  tellCompetitor(scene);
}

const kinds = ['delivery', 'fix', 'answer'] as const;

function tellPromises(scene: Scene): void {
  const { customer, diary, calendar, mood, end } = scene;
  const by = customer.owner;
  for (const { moment, day, index, chance } of momentsOf(scene, 'promises', () => 150)) {
    const promise = `K-${customer.id.slice(2)}-${index + 1}`;
    const days = chance.int(7, 25);
    diary.tell('promise.made', moment, `${promise}-made`, { promise, what: chance.pick(promisesMade), dueOn: calendar.date(day + days), kind: kinds[index % kinds.length]!, by });
    // Between the years the last working day lies before the promise: then it is kept on the next one.
    const done = at(calendar.workdayAt(day + Math.max(2, days - chance.int(0, 5))), 15);
    diary.tell('promise.kept', done > moment ? done : calendar.plusWork(moment, 10), `${promise}-kept`, { promise });
  }
  mood.brokenPromises?.forEach((ago, index) => {
    const promise = `K-${customer.id.slice(2)}-b${index + 1}`;
    const day = calendar.workdayAt(end - ago);
    diary.tell('promise.made', at(calendar.workdayAt(day - 30), 10), `${promise}-made`, { promise, what: promisesMade[(customer.name.length + index) % promisesMade.length]!, dueOn: calendar.date(day - 3), kind: 'fix', by });
    diary.tell('promise.broken', at(day, 10), `${promise}-broken`, { promise });
  });
}

function tellGoals(scene: Scene): void {
  const { customer, people, diary, calendar, mood, end } = scene;
  if (customer.segment === 'small') return;
  for (const { moment, day, index, chance } of momentsOf(scene, 'goals', () => 210)) {
    const goal = `G-${customer.id.slice(2)}-${index + 1}`;
    const length = chance.int(100, 200);
    const missed = (index >= 1 && day + length > end - 200 && (mood.missedGoals ?? 0) > 0) || chance.yes(0.15);
    diary.tell('goal.set', moment, `${goal}-set`, { goal, whose: chance.yes(0.8) ? 'customer' : 'ours', what: chance.pick(goalsSet), dueOn: calendar.date(day + length) });
    diary.tell('goal.progressed', at(calendar.workdayAt(day + length / 2 | 0), 14), `${goal}-progressed`, { goal, percent: missed ? 25 : 50 });
    const done = at(calendar.workdayAt(day + length - chance.int(0, 10)), 16);
    if (missed) {
      diary.tell('goal.missed', done, `${goal}-missed`, { goal });
      continue;
    }
    diary.tell('goal.attained', done, `${goal}-attained`, { goal });
    const outcome = `W-${customer.id.slice(2)}-${index + 1}`;
    diary.tell('goal.outcome-claimed', done + 1440, `${outcome}-claimed`, { outcome, goal, what: chance.pick(outcomesClaimed), value: { amount: Math.round(customer.arr * 30) * 100, currency: 'EUR' } });
    // Those who grumble do not see it.
    if ((mood.hotTickets ?? 0) > 2) diary.tell('goal.outcome-rejected', at(calendar.workdayAt(day + length + 20), 11), `${outcome}-rejected`, { outcome, contact: people.sponsor.ref });
    else diary.tell('goal.outcome-confirmed', at(calendar.workdayAt(day + length + 20), 11), `${outcome}-confirmed`, { outcome, contact: people.sponsor.ref });
  }
}

function tellSecondProject({ customer, diary, calendar, mood, end }: Scene): void {
  if (!mood.project) return;
  const deployment = `D-${customer.id.slice(2)}-2`;
  const on = (ago: number) => calendar.workdayAt(end - ago);
  const planned = { 'on-time': 20, late: 50, stalled: 35 }[mood.project];
  diary.tell('deployment.started', at(on(110), 9), 'project-started', { deployment, product: 'Managed Network', plannedGoLive: calendar.date(on(planned)) });
  diary.tell('deployment.milestone-reached', at(on(80), 16), 'project-pilot', { deployment, milestone: 'First site connected', plannedOn: calendar.date(on(78)) });
  if (mood.project === 'stalled') diary.tell('deployment.stalled', at(on(45), 11), 'project-stalled', { deployment, reason: 'Nobody at their side may open the server rooms, and our project lead changed twice.' });
  else diary.tell('deployment.went-live', at(on(mood.project === 'late' ? 12 : 21), 17), 'project-live', { deployment });
}

function tellCompetitor(scene: Scene): void {
  const { people, diary, calendar, mood, end } = scene;
  const chance = scene.chance('competitor');
  const rival = chance.pick(competitors);
  if (mood.competitor) {
    const day = calendar.workdayAt(end - mood.competitor.ago);
    diary.tell('competitor.mentioned', at(day, 15), 'competitor-mentioned', { competitor: rival, contact: people.payers[0]!.ref, note: 'Their offer is lower and comes with a promise of weekends.' }, { known: at(day + 2, 9) });
    if (mood.competitor.kind === 'evaluated') diary.tell('competitor.evaluated', at(calendar.workdayAt(day + 12), 16), 'competitor-evaluated', { competitor: rival });
  } else if (chance.yes(0.12)) {
    diary.tell('competitor.mentioned', at(calendar.workdayAt(end - chance.int(20, 400)), 15), 'competitor-mentioned', { competitor: rival, contact: people.users[0]!.ref, note: 'Heard of them at a fair.' });
  }
}
