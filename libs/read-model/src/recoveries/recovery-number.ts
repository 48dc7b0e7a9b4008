import { isCode, QueryRefused } from '../reading.js';

export const unknownRecovery = (id: string): QueryRefused => new QueryRefused('recovery-unknown', `No recovery has the number ${isCode(id) ? id : 'that was asked for'}.`);
