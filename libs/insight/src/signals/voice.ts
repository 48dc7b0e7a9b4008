import type { Answer } from '../sheet/survey.js';
import type { View } from '../view.js';
import { durationWords, plural, shareOf } from '../words.js';
import { refs, within, type Signal } from './signal.js';
import { sinceDay } from './unbroken.js';

const EXCELLENT = 0.9;
const MEMORY = 365;

/**
 * Answers of the last 365 days, 0 to 100: an answer in the top tenth of its scale counts 100, every other is a miss and
 * counts at most 50, by its place on the scale. Newer answers weigh more: 1 today, falling evenly to 0 after 365 days.
 */
function voiceOf(isHeard: (answer: Answer, roles: Roles) => boolean, one: string, silent: string): Signal {
  return (view) => {
    const all = answersOf(view, isHeard);
    const answers = all.filter(({ day }) => within(day, view.day, MEMORY));
    const newest = answers[answers.length - 1];
    if (!newest) return { missing: `${silent} in ${MEMORY} days` };
    const misses = answers.filter(({ share }) => share < EXCELLENT);
    return {
      value: meanOn(all, view.day)!, refs: refs(...answers.map(({ n }) => n)), age: view.day - newest.day,
      sinceWhile: sinceDay(view.day, (day) => meanOn(all, day)),
      what: () => (misses.length ? `${shareOf(misses.length, answers.length, one)} short of excellent` : `${plural(answers.length, `excellent ${one}`)}`),
    };
  };
}

/** Of the answers that are remembered on a day; null where there are none. */
function meanOn(all: readonly Answer[], day: number): number | null {
  let [marks, weights] = [0, 0];
  for (const answer of all) {
    if (!within(answer.day, day, MEMORY)) continue;
    const weight = MEMORY - (day - answer.day);
    marks += weight * markOf(answer);
    weights += weight;
  }
  return weights > 0 ? marks / weights : null;
}

const markOf = ({ share }: Answer): number => (share >= EXCELLENT ? 100 : (50 * share) / EXCELLENT);

type Roles = ReadonlyMap<string, string | null>;

/** Earliest first. */
function answersOf(view: View, isHeard: (answer: Answer, roles: Roles) => boolean): Answer[] {
  const roles = new Map(view.contacts.map((contact) => [contact.id, contact.role]));
  return view.surveys.map(({ answer }) => answer).filter((answer) => answer !== null).filter((answer) => isHeard(answer, roles)).sort((a, b) => a.at - b.at || a.n - b.n);
}

/** The answer says in which role it was given, else the contact's role does; unknown people count as users. */
const byRole = (role: 'payer' | 'user'): Signal => voiceOf((answer, roles) => {
  const given = answer.role ?? roles.get(answer.contact ?? '') ?? 'user';
  return given === role || given === 'both';
}, `${role} answer`, `no ${role} has answered`);
const byKind = (kind: string): Signal => voiceOf((answer) => answer.kind === kind, `${kind.toUpperCase()} answer`, `no ${kind.toUpperCase()} question was answered`);

export const payerVoice = byRole('payer');
export const userVoice = byRole('user');
export const nps = byKind('nps');
export const csat = byKind('csat');
export const ces = byKind('ces');
export const xla = byKind('xla');

/** Hours of work lost per XLA answer of the last 365 days that says so, whoever answered: their mean. */
export const lostTime: Signal = (view) => {
  const all = answersOf(view, ({ kind, lostMinutes }) => kind === 'xla' && lostMinutes !== null);
  const on = (day: number) => all.filter((answer) => within(answer.day, day, MEMORY));
  const hoursOn = (day: number) => {
    const answers = on(day);
    return answers.length ? answers.reduce((sum, { lostMinutes }) => sum + lostMinutes!, 0) / answers.length / 60 : null;
  };
  const [answers, hours] = [on(view.day), hoursOn(view.day)];
  if (hours === null) return { missing: `no XLA answer of ${MEMORY} days says how much time was lost` };
  return {
    value: hours, refs: refs(...answers.map(({ n }) => n)), age: view.day - answers[answers.length - 1]!.day, sinceWhile: sinceDay(view.day, hoursOn),
    what: () => `${durationWords(hours)} of work lost per XLA answer`,
  };
};

/** Percent of the surveys sent in the last 180 days, expired or at least 14 days old, that nobody answered. Suppressed ones do not count. */
export const unanswered: Signal = ({ surveys, day }) => {
  const due = surveys.filter(({ sentOn, suppressed, answer, expired }) => sentOn !== null && !suppressed && within(sentOn, day, 180) && (answer || expired || sentOn <= day - 14));
  if (!due.length) return { missing: 'no survey was due in 180 days' };
  const silent = due.filter(({ answer }) => !answer);
  const counted = silent.length ? silent : due;
  return {
    value: (100 * silent.length) / due.length, refs: refs(...counted.map(({ sentRef }) => sentRef)), age: Math.min(...due.map(({ sentOn, answer }) => day - Math.max(sentOn!, answer?.day ?? 0))),
    sinceWhile: sinceDay(day, (date) => unansweredOn(surveys, date)),
    what: () => `${shareOf(silent.length, due.length, 'survey')} unanswered in 180 days`,
  };
};

/** The same as of an earlier day. When a survey expired is not kept; two weeks without an answer say the same. */
function unansweredOn(surveys: View['surveys'], day: number): number | null {
  const asked = surveys.filter(({ sentOn, suppressed }) => sentOn !== null && !suppressed && within(sentOn, day, 180));
  const answered = asked.filter(({ answer }) => answer && answer.day <= day).length;
  const due = answered + asked.filter(({ answer, sentOn }) => !(answer && answer.day <= day) && sentOn! <= day - 14).length;
  return due ? (100 * (due - answered)) / due : null;
}
