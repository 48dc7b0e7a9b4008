import type { Fact } from './fact.js';

/** What people and programs of ours do among themselves about asking, an answer or feedback: that we want to ask, do not, or heard nothing. */
const OWN = new Set([
  'survey.requested', 'survey.suppressed', 'survey.expired',
  'survey.response-viewed', 'survey.marked-complaint', 'survey.set-aside', 'survey.themed',
  'feedback.themed', 'feedback.routed', 'feedback.accepted', 'feedback.declined', 'feedback.answered',
  'initiative.customer-linked', 'initiative.dropped',
]);

/** True for work of ours that is no touch of the customer: what we do about asking, answers and feedback, and a recovery, but for the talk with the customer. */
export const isOwnWork = (type: string): boolean => OWN.has(type) || (type.startsWith('recovery.') && type !== 'recovery.contacted');

/** True for a fact by which we know more of the customer than before. */
export const isNews = (type: string): boolean => !OWN.has(type) && !type.startsWith('recovery.') && !type.startsWith('customer.override-') && type !== 'feedback.customer-told';

/** What we mean to do, or not to do, touches nobody: a task that is set, put off or dropped. */
export const isPlan = (type: string, data: Fact['data']): boolean => type === 'task.created' || type === 'task.dropped' || (type === 'task.snoozed' && data['task'] !== undefined);
