import { mood, tempers } from '../mood.js';
import { tellAnsweredTickets } from './answered-ticket.js';
import type { Story } from './story.js';

export const quietPayer: Story = {
  title: 'Quiet payer, happy users',
  lookAt: 'Users answer 5 of 5 and use grows, but nobody who pays has spoken to us or answered for seven months. The renewal is theirs to decide.',
  customer: {
    id: 'C-1101', name: 'Lampwright Instruments', segment: 'mid-market', industry: 'manufacturing', region: 'South', arr: 164, owner: 'mara',
    term: 12, terms: 2, renewsIn: 84,
  },
  mood: mood({ ...tempers.fond, answers: 0.6, users: 0.95 }, { use: 0.91 }, { payersSilent: 214, decides: false }),
  tell(scene) {
    tellAnsweredTickets(scene, 'Workplace', 'devices', [
      { ago: 150, subject: 'Microscope camera not found after the update', resolution: 'Driver of the camera added to the package.', score: 5, verbatim: 'Ten minutes. I had planned half a day for it.' },
      { ago: 96, subject: 'Second screen for the calibration bench', resolution: 'Delivered and connected.', score: 5, verbatim: 'She even brought the right cable.' },
      { ago: 47, subject: 'Apprentices need the drawing program', resolution: 'Installed for six people.', score: 5, verbatim: 'All six could start on Monday. Thank you!' },
      { ago: 15, subject: 'Measuring room has no wireless', resolution: 'Access point moved.', score: 5, verbatim: 'Works in every corner now.' },
    ]);
  },
};
