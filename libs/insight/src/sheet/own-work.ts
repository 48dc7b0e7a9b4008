import type { Fact } from './fact.js';

/** True for work of ours that is no touch of the customer: a recovery, but for the talk with the customer. */
export const isOwnWork = (type: string): boolean => type.startsWith('recovery.') && type !== 'recovery.contacted';

/** True for a fact by which we know more of the customer than before. */
export const isNews = (type: string): boolean => !type.startsWith('recovery.') && !type.startsWith('customer.override-');

/** What we mean to do, or not to do, touches nobody: a task that is set, put off or dropped. */
export const isPlan = (type: string, data: Fact['data']): boolean => type === 'task.created' || type === 'task.dropped' || (type === 'task.snoozed' && data['task'] !== undefined);
