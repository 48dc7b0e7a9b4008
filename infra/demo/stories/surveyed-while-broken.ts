import { afterTicket } from '../chapters/surveys.js';
import { mood, tempers } from '../mood.js';
import type { Story } from './story.js';

export const surveyedWhileBroken: Story = {
  title: 'Surveyed while still broken',
  lookAt: 'A ticket called solved came back within hours, twice more since. Between two breakdowns our survey asked how it was; the answer is 1 of 5, and says why.',
  customer: {
    id: 'C-1104', name: 'Bottlebrush Paints', segment: 'mid-market', industry: 'manufacturing', region: 'East', arr: 109, owner: 'tom',
    term: 12, terms: 2, renewsIn: 172,
  },
  mood: mood({ ...tempers.steady, reopens: 0 }, {}),
  tell({ diary, calendar, people }) {
    const ticket = 'T-1104-mixer';
    const survey = 'V-1104-mixer';
    const contact = people.users[0]!.ref;
    const on = (ago: number, hour: number, minute = 0) => calendar.workdayAt(calendar.today - ago) * 1440 + hour * 60 + minute;
    const tell = diary.tell;
    tell('ticket.opened', on(26, 9, 10), `${ticket}-opened`, { ticket, queue: 'Network', category: 'connection', priority: 'high', contact, subject: 'Mixing line loses the connection to the recipes' });
    tell('ticket.assigned', on(26, 9, 30), `${ticket}-assigned`, { ticket, queue: 'Network', agent: 'a-6' });
    tell('ticket.replied', on(26, 11), `${ticket}-reply-1`, { ticket, by: 'agent', text: 'We exchange the switch in the hall tomorrow morning.' });
    tell('ticket.resolved', on(22, 10), `${ticket}-resolved-1`, { ticket, resolution: 'Switch exchanged, connection stable for an hour.' });
    tell('survey.requested', on(22, 10, 5), `${survey}-requested`, { survey, instrument: afterTicket, contact, ticket });
    tell('survey.sent', on(22, 10, 30), `${survey}-sent`, { survey, instrument: afterTicket, contact, ticket });
    tell('ticket.reopened', on(22, 14), `${ticket}-reopened-1`, { ticket, reason: 'Lost again at two, a batch of blue is spoilt.' });
    tell('survey.responded', on(22, 14, 20), `${survey}-responded`, {
      survey, instrument: afterTicket, score: 1, subject: 'support', ticket, contact, role: 'user', wantsContact: true,
      verbatim: 'You ask me how it was. It IS. The line is down again while I fill this in.',
    });
    tell('survey.response-viewed', on(19, 9), `${survey}-viewed`, { survey, viewer: 'tom' });
    tell('ticket.resolved', on(17, 16), `${ticket}-resolved-2`, { ticket, resolution: 'New firmware on the switch.' });
    tell('ticket.reopened', on(14, 8, 15), `${ticket}-reopened-2`, { ticket, reason: 'Down since the early shift began.' });
    tell('ticket.escalated', on(14, 9), `${ticket}-escalated`, { ticket, reason: 'Second spoilt batch, the plant manager is on the phone.' });
    tell('ticket.resolved', on(10, 17), `${ticket}-resolved-3`, { ticket, resolution: 'Line moved to another port.' });
    tell('ticket.reopened', on(5, 7, 50), `${ticket}-reopened-3`, { ticket, reason: 'Same fault on the other port.' });
    tell('ticket.replied', on(5, 8), `${ticket}-reply-2`, { ticket, by: 'customer', contact, text: 'Please do not send me another survey. Send me somebody.' });
  },
};
