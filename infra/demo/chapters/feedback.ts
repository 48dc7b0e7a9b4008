import type { Chance } from '../chance.js';
import type { Moment } from '../calendar.js';
import type { Person } from '../people.js';
import type { Scene } from '../scene.js';
import { departmentFor, departmentSays, themeFor } from '../words/department-words.js';
import type { Tone } from '../words/answer-words.js';

/** An answer with words that somebody of ours may have read. */
export interface AnswerTold {
  readonly survey: string;
  readonly by: Person;
  readonly role: 'payer' | 'user';
  readonly tone: Tone;
  /** When it was read first; null where nobody did. */
  readonly readAt: Moment | null;
}

/** What came of answers: praise is set aside, and of what disturbs people a part goes to the department that can mend it. The managing director looks at some. */
export function tellFeedback(scene: Scene, answers: readonly AnswerTold[]): void {
  const { diary, calendar } = scene;
  const chance = scene.chance('feedback');
  for (const answer of answers) {
    const { survey, by, tone, readAt } = answer;
    if (readAt === null) continue;
    if (chance.yes(tone === 'harsh' ? 0.3 : 0.06)) diary.tell('survey.response-viewed', calendar.plusWork(readAt, 4 + 40 * chance.next()), `${survey}-viewed-above`, { survey, viewer: 'henrike', role: 'executive' });
    if (tone === 'glad') {
      if (chance.yes(0.7)) diary.tell('survey.set-aside', readAt + 3, `${survey}-aside`, { survey, reason: 'praise', contact: by.ref }, { source: 'crm' });
    } else if (chance.yes(tone === 'harsh' ? 0.7 : 0.45)) tellOne(scene, answer, readAt, chance);
  }
}

function tellOne({ diary, calendar }: Scene, { survey, by, role }: AnswerTold, readAt: Moment, chance: Chance): void {
  const feedback = `F-${survey.slice(2)}`;
  const department = departmentFor(role, chance);
  const routed = readAt + chance.int(5, 50);
  const accepted = calendar.plusWork(routed, 1 + 20 * chance.next() ** 2);
  const done = calendar.plusWork(accepted, 4 + 50 * chance.next());
  const told = calendar.plusWork(done, 2 + 25 * chance.next());
  const [takes, finishes, declines, tells] = [chance.yes(0.92), chance.yes(0.9), chance.yes(0.15), chance.yes(0.8)];
  const answer = departmentSays(chance);
  diary.tell('feedback.request-raised', readAt + 4, `${feedback}-raised`, { feedback, survey, contact: by.ref });
  diary.tell('feedback.themed', readAt + 4, `${feedback}-themed`, { feedback, themes: [themeFor(department, feedback)] });
  diary.tell('feedback.routed', routed, `${feedback}-routed`, { feedback, department });
  if (!takes) return;
  diary.tell('feedback.accepted', accepted, `${feedback}-accepted`, { feedback, department });
  if (!finishes) return;
  if (declines) diary.tell('feedback.declined', done, `${feedback}-declined`, { feedback, department, reason: 'not-planned' });
  else diary.tell('feedback.answered', done, `${feedback}-answered`, { feedback, department, what: answer });
  if (tells) diary.tell('feedback.customer-told', told, `${feedback}-told`, { feedback, contact: by.ref });
}
