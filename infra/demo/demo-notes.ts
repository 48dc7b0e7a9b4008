const DAY = 86_400_000;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** What the invented company noted of itself up to a date: its meetings, whom it coached, and what others would take for its service. */
export function demoNotes(today: string) {
  const date = (daysAgo: number) => new Date(Date.parse(`${today}T00:00:00Z`) - daysAgo * DAY).toISOString().slice(0, 10);
  const meetings = [...Array(12).keys()].map((turn) => {
    const [body, heldOn] = [turn % 3 === 0 ? 'board' : 'management', date(14 + 31 * turn)];
    const agenda = [
      { topic: CUSTOMER_TOPICS[turn % CUSTOMER_TOPICS.length]!, minutes: 50 - 3 * turn, aboutCustomers: true }, { topic: OTHER_TOPICS[turn % OTHER_TOPICS.length]!, minutes: 60, aboutCustomers: false }, { topic: 'Figures of the month', minutes: 30, aboutCustomers: false },
    ];
    return { type: 'company.meeting-held', id: `meeting:${body}-${heldOn}`, data: { meeting: `${body}-${heldOn}`, body, heldOn, agenda } };
  });
  const coachings = ([['queue', 'Workplace', 'Saying when it will be done', 120], ['queue', 'Network', 'Words while an outage lasts', 200], ['agent', 'a-3', 'Asking once more before closing', 90]] as const).map(([of, who, topic, ago]) => (
    { type: 'company.coaching-given', id: `coaching:${who}-${date(ago)}`, data: { coaching: `${who}-${date(ago)}`, of, who, topic, givenOn: date(ago) } }));
  const alternatives = ([['desk-by-others', 'ticket', 4_800, 'Offer of an outsourcer', 'Service desk, nights not included'], ['all-in-care', 'customer-year', 950_000, 'Price list of a provider', 'All tickets of a customer, whatever their number']] as const).map(([alternative, per, amount, source, what]) => (
    { type: 'company.alternative-priced', id: `alternative:${alternative}`, data: { alternative, per, price: eur(amount), from: date(400), source, what } }));
  return [...meetings, ...coachings, ...alternatives];
}

const CUSTOMER_TOPICS = ['Why customers leave', 'What customers ask for', 'The worst answers of the month', 'Renewals of the quarter'];
const OTHER_TOPICS = ['Budget', 'Hiring', 'Offices', 'Audit'];
