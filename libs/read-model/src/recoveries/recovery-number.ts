import { QueryRefused } from '../reading.js';

/** Whether a recovery could have this number at all. */
export const isNumber = (id: string): boolean => /^[A-Za-z0-9._:/-]{1,100}$/.test(id);

export const unknownRecovery = (id: string): QueryRefused => new QueryRefused('recovery-unknown', `No recovery has the number ${isNumber(id) ? id : 'that was asked for'}.`);
