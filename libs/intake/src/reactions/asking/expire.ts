import type { Reaction } from '#event-store';

/** Says of a question of ours that it was not answered in time. */
export const askingEnds: Reaction = {
  name: 'asking-ends',
  types: ['survey.sent'],
  due: ({ data }) => (typeof data['program'] === 'string' && typeof data['until'] === 'string' ? [{ subject: String(data['survey']), at: data['until'] }] : []),
  act: async ({ subject, customer }, work) => {
    const { events } = await work.story(customer);
    const said = events.filter(({ data }) => data['survey'] === subject).map(({ type }) => type);
    const isOpen = said.includes('survey.sent') && !said.some((type) => type === 'survey.responded' || type === 'survey.expired');
    return isOpen ? { facts: [{ type: 'survey.expired', data: { survey: subject } }] } : {};
  },
};
