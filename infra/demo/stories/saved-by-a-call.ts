import { relation } from '../chapters/surveys.js';
import { at } from '../calendar.js';
import { type Mood, tempers } from '../mood.js';
import type { Scene } from '../scene.js';
import type { Story } from './story.js';

const declining = { ...tempers.steady, use: 0.2, features: 0.4, users: 0.05, payers: 0, harsh: 0, tickets: 1.3, slow: 1.8, talkEvery: Infinity, payerEvery: Infinity, paysAfter: 24 };
const mended = { ...tempers.fond, use: 0.84, talkEvery: 16, payerEvery: 30 };
const mood: Mood = {
  decides: true,
  phases: [{ temper: tempers.steady, since: Infinity, slide: 0 }, { temper: declining, since: 215, slide: 19 }, { temper: mended, since: 66, slide: 5 }],
};

/** What nobody took seriously: three tickets, each called solved too soon, until somebody rang. */
function tellFrozenTills({ diary, calendar, people }: Scene): void {
  const on = (ago: number, hour: number) => at(calendar.workdayAt(calendar.today - ago), hour);
  const contact = people.users[0]!.ref;
  ['Tills freeze on Saturdays', 'Tills freeze in the second shop too', 'Card payment gone at noon'].forEach((subject, index) => {
    const ticket = `T-1106-till${index + 1}`;
    diary.tell('ticket.opened', on(104 - 4 * index, 9), `${ticket}-opened`, { ticket, queue: 'Network', category: 'connection', priority: 'high', contact, subject });
    diary.tell('ticket.resolved', on(97 - 3 * index, 16), `${ticket}-resolved-1`, { ticket, resolution: 'Restarted, works.' });
    diary.tell('ticket.reopened', on(89 - 3 * index, 10), `${ticket}-reopened`, { ticket, reason: 'Saturday again.' });
    if (index < 2) diary.tell('ticket.escalated', on(80 - index, 15), `${ticket}-escalated`, { ticket, reason: 'Their shop managers ring us one after the other.' });
    diary.tell('ticket.resolved', on(60 - 3 * index, 17), `${ticket}-resolved-2`, { ticket, resolution: 'Tills exchanged, two Saturdays watched on site.' });
    diary.tell('ticket.closed', on(50 - index, 12), `${ticket}-closed`, { ticket });
  });
}

/** Days before today on which we rang. */
export const CALLED = 72;

export const savedByACall: Story = {
  title: 'Saved by a call',
  lookAt: `Use and answers fell for five months and a competitor came up. Then somebody rang, promised one thing, kept it, and went there: see the score before and after the call.`,
  customer: {
    id: 'C-1106', name: 'Cobblerlantern Shoes', segment: 'mid-market', industry: 'retail', region: 'West', arr: 122, owner: 'tom',
    term: 12, terms: 2, renewsIn: 41,
  },
  mood,
  tell(scene) {
    const { diary, calendar, people, customer } = scene;
    const [payer] = people.payers;
    const contact = payer!.ref;
    const by = customer.owner;
    const promise = 'K-1106-call';
    const day = (ago: number) => calendar.workdayAt(calendar.today - ago);
    const answer = (ago: number, key: string, score: number, verbatim: string) => {
      const survey = `V-1106-${key}`;
      diary.tell('survey.sent', at(day(ago + 2), 9), `${survey}-sent`, { survey, instrument: relation, contact });
      diary.tell('survey.responded', at(day(ago), 16), `${survey}-responded`, { survey, instrument: relation, score, subject: 'relationship', contact, role: 'payer', verbatim });
    };
    tellFrozenTills(scene);
    answer(98, 'low', 3, 'Our shops ask me what we pay you for. I have no answer any more.');
    diary.tell('competitor.mentioned', at(day(96), 10), 'rival', { competitor: 'Nimbletoad IT', contact, note: 'Has a meeting with them next month.' }, { known: at(day(91), 9) });
    diary.tell('engagement.call-held', at(day(CALLED), 10, 20), 'the-call', {
      with: [contact], twoWay: true, by, outcome: 'reached', note: 'Fifty minutes. Tills freeze on Saturdays and nobody took it seriously. Was relieved that somebody rang.',
    });
    diary.tell('task.done', at(day(CALLED), 11, 15), 'the-call-done', { list: 'today', outcome: 'reached', note: 'Promised a person on Saturdays until the tills are exchanged.' });
    diary.tell('promise.made', at(day(CALLED), 11), `${promise}-made`, { promise, what: 'A person on call on Saturdays until the tills are exchanged', dueOn: calendar.date(day(58)), kind: 'fix', by });
    diary.tell('promise.kept', at(day(60), 17), `${promise}-kept`, { promise });
    diary.tell('engagement.visit-made', at(day(52), 10), 'the-visit', { with: [contact, people.sponsor.ref], twoWay: true, by, outcome: 'next-step-agreed', note: 'Stood at the till on a Saturday. New tills in six shops, the rest by the end of the quarter.' });
    answer(12, 'high', 9, 'Somebody rang, came, and did what he said. That is all I wanted.');
  },
};
