import type { Answer, Reaction } from '#event-store';
import { linkedFacts, OUTAGES, outageMessages } from '#journey';

/** What is said of an outage in its own stream comes into the stream of each customer that it hits: so their stories, scores and corrections are by customer, as ever. */
export const linkOutages: Reaction = {
  name: 'link-outages',
  types: ['outage.declared', 'outage.customers-added', ...outageMessages],
  // An outage that began long ago still hits whom it hits.
  history: true,
  due: ({ stream, occurredAt }) => (stream.category === OUTAGES ? [{ subject: stream.id, at: occurredAt }] : []),
  async act({ subject, cause }, { stream }) {
    const events = await stream(OUTAGES, subject);
    const own = events.find(({ position }) => position === cause.position);
    const facts = own === undefined ? [] : linkedFacts(events, own);
    // One fact may bring several of a type to one customer.
    return { facts: facts.map(({ customer, type, data, occurredAt }): Answer => ({ customer, type, data, occurredAt, key: `${customer}:${Date.parse(occurredAt)}` })) };
  },
};
