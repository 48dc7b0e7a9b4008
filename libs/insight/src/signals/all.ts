import { MEASUREMENT } from '../sheet/customer.js';
import { depth, licenceUse, trend } from './adoption.js';
import { competitor, leaving, overdueInvoices, renewalNear } from './commercial.js';
import { measurement } from './measurement.js';
import { contact, payerContact, promises, sponsor, visits } from './relationship.js';
import { seatGrowth } from './seats.js';
import type { Signal } from './signal.js';
import { silence } from './silence.js';
import { ageingTickets, escalated, openTickets, outages, reopened, resolveTime, slaMissed } from './support.js';
import { deployment, goals } from './value.js';
import { ces, csat, lostTime, nps, payerVoice, unanswered, userVoice, xla } from './voice.js';

const signals = {
  licenceUse, depth, trend, openTickets, ageingTickets, reopened, escalated, resolveTime, slaMissed, outages, payerVoice, userVoice, unanswered,
  nps, csat, ces, xla, lostTime, seatGrowth,
  contact, payerContact, visits, sponsor, promises, goals, deployment, overdueInvoices, renewalNear, leaving, competitor, silence,
} satisfies Record<string, Signal>;

type OwnName = keyof typeof signals;

/** The signals that a card may name, beside any measurement by its name. */
export type SignalName = OwnName | `${typeof MEASUREMENT}${string}`;
export const signalNames = Object.keys(signals) as readonly OwnName[];

export const isSignalName = (name: string): name is SignalName => (name.startsWith(MEASUREMENT) && name !== MEASUREMENT) || Object.hasOwn(signals, name);

export function signalOf(name: SignalName): Signal {
  return name.startsWith(MEASUREMENT) ? measurement(name.slice(MEASUREMENT.length)) : signals[name as OwnName];
}
