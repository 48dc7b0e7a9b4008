import type { ReportAccount } from './account.js';

/** A customer by its name, and that it has left since the time that is told of. */
export const calledOf = ({ name, customer, leftSince }: Pick<ReportAccount, 'name' | 'customer' | 'leftSince'>): string => `${name ?? customer}${leftSince ? ` (ended ${leftSince.on})` : ''}`;
