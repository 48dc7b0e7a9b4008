import { type Figure, groupsOf, proportion, shareDifference } from './figure.js';

/** One asking that was sent. */
export interface Asking {
  readonly survey: string;
  readonly segment: string | null;
  readonly role: string | null;
  readonly state: 'answered' | 'expired' | 'open';
  /** RFC 3339. */
  readonly sentAt: string;
}

export interface ResponseFigures {
  readonly rate: Figure;
  /** Sent, but less than so many days ago and neither answered nor expired: not yet counted. */
  readonly waiting: number;
  readonly bias: { readonly segment: readonly Bias[]; readonly role: readonly Bias[] };
}

/** A group's part of those who answered against its part of those asked. */
export interface Bias {
  readonly group: string | null;
  readonly asked: number;
  readonly answered: number;
  /** Part of those who answered less part of those asked: above 0 the group is heard more than it was asked. */
  readonly over: number | null;
  /** The group's response rate less that of all others, with its interval: one that leaves out 0 is no chance. */
  readonly difference: Figure;
}

const DUE_DAYS = 14;

/** Answers of what was sent and is answered, expired, or was sent 14 days and longer before `until`; and who of those asked is heard too much or too little. */
export function responseOf(askings: readonly Asking[], until: string): ResponseFigures {
  const dueBy = Date.parse(until) - DUE_DAYS * 86_400_000;
  const due = askings.filter(({ state, sentAt }) => state !== 'open' || Date.parse(sentAt) <= dueBy);
  return {
    rate: proportion(due.filter(isAnswered).length, due.length), waiting: askings.length - due.length,
    bias: { segment: biasOf(due, ({ segment }) => segment), role: biasOf(due, ({ role }) => role) },
  };
}

const isAnswered = ({ state }: Asking): boolean => state === 'answered';

function biasOf(due: readonly Asking[], groupOf: (asking: Asking) => string | null): Bias[] {
  const all = due.filter(isAnswered).length;
  return [...groupsOf(due, groupOf)].map(([group, own]) => {
    const answered = own.filter(isAnswered).length;
    return { group, asked: own.length, answered, over: all === 0 ? null : answered / all - own.length / due.length, difference: shareDifference(answered, own.length, all - answered, due.length - own.length) };
  }).sort((a, b) => b.asked - a.asked || ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
}
