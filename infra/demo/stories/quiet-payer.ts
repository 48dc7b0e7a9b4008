import { mood, tempers } from '../mood.js';
import type { Story } from './story.js';

export const quietPayer: Story = {
  title: 'Quiet payer, happy users',
  lookAt: 'Users answer 5 of 5 and use grows, but nobody who pays has spoken to us or answered for seven months. The renewal is theirs to decide.',
  customer: {
    id: 'C-1101', name: 'Lampwright Instruments', segment: 'mid-market', industry: 'manufacturing', region: 'South', arr: 164, owner: 'mara',
    term: 12, terms: 2, renewsIn: 104,
  },
  mood: mood({ ...tempers.fond, answers: 0.6, users: 0.93 }, { use: 0.91 }, { payersSilent: 214, decides: false }),
};
