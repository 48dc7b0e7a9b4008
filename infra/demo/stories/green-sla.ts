import { type Mood, tempers } from '../mood.js';
import { tellAnsweredTickets } from './answered-ticket.js';
import type { Story } from './story.js';

const green = { ...tempers.steady, missesSla: 0, escalates: 0, reopens: 0, answers: 0.5 };
const red = { ...green, users: 0, harsh: 1, tickets: 1.5, answers: 0.65, payers: 0.9 };
const mood: Mood = {
  decides: true,
  phases: [{ temper: green, since: Infinity, slide: 0 }, { temper: red, since: 330, slide: 1 }, { temper: { ...red, slow: 0.2 }, since: 75, slide: 1 }],
};

export const greenSla: Story = {
  title: 'Green SLA, red experience',
  lookAt: 'Every target of the contract is met and tickets are solved faster than before, yet the people who asked answer 1 and 2 of 5: solved on paper.',
  customer: {
    id: 'C-1102', name: 'Hollyhock Assurance', segment: 'enterprise', industry: 'insurance', region: 'West', arr: 285, owner: 'jonas',
    term: 24, terms: 1, renewsIn: 125,
  },
  mood,
  tell(scene) {
    tellAnsweredTickets(scene, 'Workplace', 'software', [
      { ago: 188, subject: 'Claims form loses the attachments', resolution: 'Please clear the cache.', score: 2, verbatim: 'Closed after one mail. It still loses them.' },
      { ago: 131, subject: 'Claims form loses the attachments (again)', resolution: 'Please open a ticket with the maker.', score: 1, verbatim: 'You were quick to tell me it is not your problem.' },
      { ago: 84, subject: 'Print preview of policies is empty', resolution: 'Works as designed.', score: 1, verbatim: 'Solved on paper. On my screen it is empty.' },
      { ago: 52, subject: 'Cannot reach anybody after five', resolution: 'Service hours explained.', score: 2, verbatim: 'A polite no in twenty minutes is still a no.' },
      { ago: 27, subject: 'Attachments again', resolution: 'Merged with a known fault.', score: 1, verbatim: 'I have stopped reporting it. So have the others.' },
      { ago: 9, subject: 'Policy search takes a minute', resolution: 'Within the agreed limits.', score: 1, verbatim: 'Your limits, not mine. I have a customer on the phone.' },
    ]);
  },
};
