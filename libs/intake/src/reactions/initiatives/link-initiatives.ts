import type { Answer, Reaction } from '#event-store';
import { initiativeLinks, initiativeMessages, INITIATIVES } from '#journey';

/** What is said of an initiative in its own stream comes into the stream of each customer whose requests it answers. */
export const linkInitiatives: Reaction = {
  name: 'link-initiatives',
  types: ['initiative.started', 'initiative.requests-linked', ...initiativeMessages],
  // An initiative that began long ago still answers whom it answers.
  history: true,
  due: ({ stream, occurredAt }) => (stream.category === INITIATIVES ? [{ subject: stream.id, at: occurredAt }] : []),
  async act({ subject, cause }, { stream }) {
    const events = await stream(INITIATIVES, subject);
    const own = events.find(({ position }) => position === cause.position);
    const facts = own === undefined ? [] : initiativeLinks(events, own);
    return { facts: facts.map(({ customer, type, data, occurredAt }): Answer => ({ customer, type, data, occurredAt, key: customer })) };
  },
};
