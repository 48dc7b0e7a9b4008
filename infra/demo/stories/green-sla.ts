import { mood, tempers } from '../mood.js';
import type { Story } from './story.js';

export const greenSla: Story = {
  title: 'Green SLA, red experience',
  lookAt: 'Every target of the contract is met and tickets are solved faster than before, yet the people who asked answer 1 and 2 of 5: solved on paper.',
  customer: {
    id: 'C-1102', name: 'Hollyhock Assurance', segment: 'enterprise', industry: 'insurance', region: 'West', arr: 285, owner: 'jonas',
    term: 24, terms: 1, renewsIn: 240,
  },
  mood: mood(
    { ...tempers.steady, missesSla: 0, escalates: 0, reopens: 0, answers: 0.5 },
    { users: 0, harsh: 1, slow: 0.4, tickets: 1.5, answers: 0.65, payers: 0.9 }, { since: 330, slide: 1 },
  ),
};
