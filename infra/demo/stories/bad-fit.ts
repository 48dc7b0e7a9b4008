import { at } from '../calendar.js';
import { mood, tempers } from '../mood.js';
import type { Story } from './story.js';

export const badFit: Story = {
  title: 'Bad fit, leaving before payback',
  lookAt: 'Fit was judged 28 of 100 at the sale and we sold all the same. Serving them costs almost what they pay; they leave before what the sale cost has come back.',
  customer: {
    id: 'C-1105', name: 'Kitebridge Film Studios', segment: 'mid-market', industry: 'media', region: 'South', arr: 58, owner: 'aylin',
    term: 12, terms: 1, renewsIn: 96, economics: { fit: 28, acquisition: 0.62, service: 0.88 },
  },
  mood: mood(
    { ...tempers.plain, use: 0.42, users: 0.3, payers: 0.2, harsh: 0.5, tickets: 2.4, slow: 1.4, reopens: 0.12, escalates: 0.06 },
    { use: 0.3, users: 0.15, payers: 0, tickets: 2.6 }, { since: 90, missedGoals: 1, brokenPromises: [62], decides: false },
  ),
  tell({ diary, calendar, people, customer, end }) {
    const [payer] = people.payers;
    const subscription = 'S-1105-1';
    const day = (ago: number) => calendar.workdayAt(end - ago);
    diary.tell('engagement.meeting-held', at(day(70), 14), 'unhappy-meeting', {
      with: [payer!.ref], twoWay: true, by: customer.owner, outcome: 'no-agreement', note: 'They cut films at night and on loaned machines; our service is made for offices. Nobody asked that at the sale.',
    });
    diary.tell('subscription.cancellation-requested', at(day(24), 11), 'cancellation', { subscription, effectiveOn: calendar.date(calendar.today + customer.renewsIn), reason: 'does-not-fit' });
    diary.tell('renewal.decided', at(day(24), 11, 5), 'renewal-no', { renewal: 'R-1105-1', decision: 'no', contact: payer!.ref });
    diary.tell('engagement.observation-recorded', at(day(23), 9), 'observed', { twoWay: false, by: customer.owner, note: 'Friendly mail with the notice: no anger, simply the wrong shop.' });
  },
};
