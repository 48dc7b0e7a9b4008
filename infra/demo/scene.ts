import type { Calendar } from './calendar.js';
import { type Chance, chanceOf } from './chance.js';
import type { DemoCustomer } from './customers.js';
import { type Diary, diaryOf } from './diary.js';
import { latest, type Mood, moods, type Temper, varied } from './mood.js';
import { type People, type Person, peopleOf } from './people.js';

const HISTORY = 730;

/** One customer with everything that a chapter needs to tell its part. Days are whole days since 1970-01-01. */
export interface Scene {
  readonly customer: DemoCustomer;
  readonly people: People;
  readonly mood: Mood;
  readonly calendar: Calendar;
  readonly diary: Diary;
  /** The first day of the first term, and the last day of the story. */
  readonly start: number;
  readonly end: number;
  /** Where what recurs begins to be told: two years back at most. */
  readonly from: number;
  readonly chance: (area: string) => Chance;
  readonly temperOn: (day: number) => Temper;
  /** Share of licences and of features in use, sliding from one temper to the next. */
  readonly useOn: (day: number) => Pick<Temper, 'use' | 'features'>;
  /** Whether this person still deals with us. */
  readonly isHere: (person: Person, day: number) => boolean;
  readonly seatsOn: (day: number) => number;
  /** Steps by which the seats changed, earliest first. */
  readonly growth: readonly { readonly day: number; readonly seats: number }[];
  /** Cents per seat and month. */
  readonly seatPrice: number;
}

const seatPrices = { small: 3500, 'mid-market': 3200, enterprise: 2800 };

export function sceneOf(customer: DemoCustomer, calendar: Calendar, seed: number, base: Mood = moods[customer.mood ?? 'steady']): Scene {
  const end = customer.leftAgo === undefined ? calendar.today : calendar.today - customer.leftAgo;
  const start = calendar.plusMonths(calendar.today + customer.renewsIn, -customer.term * customer.terms);
  const chance = (area: string) => chanceOf(seed, customer.id, area);
  const mood = varied(base, chance('temper'));
  const growth = growthOf(customer, chance('growth'), start, end, mood);
  return {
    customer, calendar, chance, mood, start, end, growth, seatPrice: seatPrices[customer.segment],
    people: peopleOf(customer, seed), diary: diaryOf({ system: 'crm', id: customer.id }, calendar, end), from: Math.max(start, calendar.today - HISTORY),
    temperOn: (day) => mood.phases.findLast(({ since }) => day >= end - since)!.temper,
    useOn: (day) => useOn(mood, end, day),
    isHere: (person, day) => {
      const gone = person.sponsor && mood.sponsorLeft !== undefined && day >= end - mood.sponsorLeft;
      const silent = person.role !== 'user' && mood.payersSilent !== undefined && day >= end - mood.payersSilent;
      return !gone && !silent;
    },
    seatsOn: (day) => growth.findLast((step) => step.day <= day)?.seats ?? growth[0]!.seats,
  };
}

function useOn({ phases: [first, ...later] }: Mood, end: number, day: number): Pick<Temper, 'use' | 'features'> {
  let { use, features } = first.temper;
  for (const { temper, since, slide } of later) {
    const come = Math.min(1, Math.max(0, (day - (end - since)) / (7 * slide)));
    use += come * (temper.use - use);
    features += come * (temper.features - features);
  }
  return { use, features };
}

/** The seats of today are given; a look back finds fewer, or more where things go badly. */
function growthOf({ segment, arr }: DemoCustomer, chance: Chance, start: number, end: number, mood: Mood): Scene['growth'] {
  const seats = Math.max(4, Math.round((arr * 100_000) / (12 * seatPrices[segment])));
  const length = end - start;
  const first = start + Math.round(length * (0.3 + 0.2 * chance.next()));
  const second = start + Math.round(length * (0.65 + 0.2 * chance.next()));
  const shrinks = latest(mood).use < 0.5;
  const before = shrinks ? seats * 1.12 : seats * (0.86 + 0.1 * chance.next());
  const steps = [{ day: start, seats: Math.round((shrinks ? seats : before) * 0.93) }, { day: first, seats: Math.round(before) }, { day: second, seats }];
  return length < 200 ? [{ day: start, seats }] : steps;
}

/** Every so many days from a day on, give or take a third; each on a working day in office hours. Infinity: never. */
export function* momentsOf(scene: Scene, area: string, everyOn: (day: number) => number): Generator<{ moment: number; day: number; index: number; chance: Chance }> {
  const { calendar, from, end } = scene;
  const chance = scene.chance(area);
  let index = 0;
  // A cadence of years (or never) is looked at again after a month, because tempers change.
  const step = (day: number) => Math.min(Math.max(3, everyOn(day) * (0.67 + 0.66 * chance.next())), 10_000);
  for (let day = from + chance.int(2, 30); day < end;) {
    const days = step(day);
    if (days < 1_000) {
      const workday = Math.max(from, calendar.workdayAt(day));
      yield { moment: workday * 1440 + chance.int(8 * 60 + 30, 16 * 60 + 30), day: workday, index: index++, chance };
    }
    day += Math.round(days < 1_000 ? days : 30);
  }
}
