import { dayOf, type Moment } from '../calendar.js';
import type { Chance } from '../chance.js';
import type { Temper } from '../mood.js';
import type { Person } from '../people.js';
import { momentsOf, type Scene } from '../scene.js';
import { type Tone, verbatim } from '../words/answer-words.js';
import type { AnswerTold } from './feedback.js';
import type { TicketTold } from './tickets.js';

export const afterTicket = { kind: 'csat', min: 1, max: 5, name: 'after-ticket' } as const;
export const relation = { kind: 'nps', min: 0, max: 10, name: 'relation' } as const;
const scores = { csat: { glad: [5, 5], 'so-so': [3, 4], harsh: [1, 2] }, nps: { glad: [9, 10], 'so-so': [6, 8], harsh: [0, 4] } } as const;
/** The survey tool was changed then; before, answers came in the first version of the type. */
const NEW_TOOL = 420;
const LATELY = 7;

/** After tickets the person who asked, twice a year everybody on the relation. @returns what was answered */
export function tellSurveys(scene: Scene, tickets: readonly TicketTold[]): AnswerTold[] {
  return [...tellTicketSurveys(scene, tickets), ...tellRelationSurveys(scene)];
}

function tellTicketSurveys(scene: Scene, tickets: readonly TicketTold[]): AnswerTold[] {
  const answers: AnswerTold[] = [];
  const { diary, calendar, temperOn } = scene;
  const chance = scene.chance('ticket-surveys');
  const lastAsked = new Map<string, number>();
  for (const { ticket, asker, resolvedAt } of tickets) {
    const sent = calendar.plusWork(resolvedAt[resolvedAt.length - 1]!, 4);
    const survey = `V-${ticket.slice(2)}`;
    if (!chance.yes(0.45)) continue;
    if (dayOf(sent) - (lastAsked.get(asker.ref.id) ?? 0) < 30) {
      diary.tell('survey.suppressed', sent, `${survey}-suppressed`, { survey, reason: 'asked-lately', contact: asker.ref, ticket });
      continue;
    }
    lastAsked.set(asker.ref.id, dayOf(sent));
    diary.tell('survey.sent', sent, `${survey}-sent`, { survey, instrument: afterTicket, contact: asker.ref, ticket });
    const temper = temperOn(dayOf(sent));
    if (chance.yes(temper.answers)) answers.push(tellAnswer(scene, { survey, sent, by: asker, role: 'user', kind: 'csat', ticket, tone: toneOf('user', temper, chance) }, chance));
    else diary.tell('survey.expired', sent + 14 * 1440, `${survey}-expired`, { survey });
  }
  return answers;
}

function tellRelationSurveys(scene: Scene): AnswerTold[] {
  const answers: AnswerTold[] = [];
  const { people, diary, temperOn, isHere } = scene;
  const asked = [...people.payers.slice(0, 2).map((by) => ({ by, role: 'payer' as const })), { by: people.users[people.users.length - 1]!, role: 'user' as const }];
  for (const { moment, day, index, chance } of momentsOf(scene, 'relation-surveys', () => 182)) {
    asked.forEach(({ by, role }, person) => {
      const survey = `V-${scene.customer.id.slice(2)}-r${index + 1}-${person + 1}`;
      const temper = temperOn(day);
      if (by === people.sponsor && !isHere(by, day)) return;
      diary.tell('survey.sent', moment + person, `${survey}-sent`, { survey, instrument: relation, contact: by.ref });
      if (isHere(by, day) && chance.yes(Math.min(0.9, temper.answers * 1.6))) answers.push(tellAnswer(scene, { survey, sent: moment, by, role, kind: 'nps', tone: toneOf(role, temper, chance) }, chance));
      else diary.tell('survey.expired', moment + 21 * 1440, `${survey}-expired`, { survey });
    });
  }
  return answers;
}

function toneOf(role: 'payer' | 'user', temper: Temper, chance: Chance): Tone {
  if (chance.yes(role === 'payer' ? temper.payers : temper.users)) return 'glad';
  return chance.yes(temper.harsh) ? 'harsh' : 'so-so';
}

interface AnswerGiven {
  readonly survey: string;
  readonly sent: Moment;
  readonly by: Person;
  readonly role: 'payer' | 'user';
  readonly kind: 'csat' | 'nps';
  readonly tone: Tone;
  readonly ticket?: string;
}

/** Most answer within a day or two; bad news sooner. Somebody of ours reads it, mostly. */
function tellAnswer(scene: Scene, { survey, sent, by, role, kind, tone, ticket }: AnswerGiven, chance: Chance): AnswerTold {
  const { diary, calendar, customer } = scene;
  const moment = calendar.plusWork(sent, tone === 'harsh' ? 6 * chance.next() : 28 * chance.next() ** 2);
  const [low, high] = scores[kind][tone];
  const shared = {
    survey, score: chance.int(low, high), subject: ticket ? 'support' as const : 'relationship' as const, contact: by.ref, role, ...(ticket && { ticket }),
    ...(chance.yes(tone === 'harsh' ? 0.85 : 0.5) && { verbatim: verbatim(tone, role, chance) }), ...(tone === 'harsh' && chance.yes(0.4) && { wantsContact: true }),
  };
  if (kind === 'nps' && dayOf(moment) < calendar.today - NEW_TOOL) diary.tellOld('survey.responded', 1, moment, `${survey}-responded`, { ...shared, kind: 'nps', scale: '0-10' });
  else diary.tell('survey.responded', moment, `${survey}-responded`, { ...shared, instrument: kind === 'csat' ? afterTicket : relation });
  const read = calendar.plusWork(moment, 2 + 20 * chance.next());
  // Nobody has got to most of the last days' answers.
  const isRead = dayOf(moment) > calendar.today - LATELY ? chance.yes(0.25) : tone === 'harsh' || chance.yes(0.8);
  if (isRead) diary.tell('survey.response-viewed', read, `${survey}-viewed`, { survey, viewer: customer.owner, role: 'csm' });
  return { survey, by, role, tone, readAt: isRead ? read : null };
}
