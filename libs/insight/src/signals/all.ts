import { depth, licenceUse, trend } from './adoption.js';
import { competitor, leaving, overdueInvoices, renewalNear } from './commercial.js';
import { contact, payerContact, promises, sponsor } from './relationship.js';
import type { Signal } from './signal.js';
import { silence } from './silence.js';
import { ageingTickets, escalated, openTickets, outages, reopened, resolveTime } from './support.js';
import { deployment, goals } from './value.js';
import { payerVoice, unanswered, userVoice } from './voice.js';

/** The signals that a card may name. */
export const signals = {
  licenceUse, depth, trend, openTickets, ageingTickets, reopened, escalated, resolveTime, outages, payerVoice, userVoice, unanswered,
  contact, payerContact, sponsor, promises, goals, deployment, overdueInvoices, renewalNear, leaving, competitor, silence,
} satisfies Record<string, Signal>;

export type SignalName = keyof typeof signals;
