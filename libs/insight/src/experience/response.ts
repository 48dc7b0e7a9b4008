import { type Figure, groupsOf, proportion, shareDifference } from './figure.js';

/** One asking that was sent. */
export interface Asking {
  readonly survey: string;
  readonly segment: string | null;
  readonly role: string | null;
  readonly state: 'answered' | 'expired' | 'open';
  /** RFC 3339. */
  readonly sentAt: string;
  /** Until when it can be answered; null where nobody says. */
  readonly endsAt: string | null;
}

export interface ResponseFigures {
  readonly rate: Figure;
  /** Sent less than so many days ago, and not yet past its end: not yet counted, answered or not. */
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

/**
 * Answers of what was sent 14 days and longer before `until`, or can no longer be answered: of that age all count, answered or not, as whoever answers does so sooner than
 * whoever does not is known not to. And who of those asked is heard too much or too little.
 */
export function responseOf(askings: readonly Asking[], until: string): ResponseFigures {
  const due = askings.filter((asking) => isDue(asking, until));
  return {
    rate: proportion(due.filter(isAnswered).length, due.length), waiting: askings.length - due.length,
    bias: { segment: biasOf(due, ({ segment }) => segment), role: biasOf(due, ({ role }) => role) },
  };
}

export function isDue({ sentAt, endsAt }: Pick<Asking, 'sentAt' | 'endsAt'>, until: string): boolean {
  return Math.min(Date.parse(sentAt) + DUE_DAYS * 86_400_000, endsAt === null ? Infinity : Date.parse(endsAt)) <= Date.parse(until);
}

const isAnswered = ({ state }: Asking): boolean => state === 'answered';

function biasOf(due: readonly Asking[], groupOf: (asking: Asking) => string | null): Bias[] {
  const all = due.filter(isAnswered).length;
  return [...groupsOf(due, groupOf)].map(([group, own]) => {
    const answered = own.filter(isAnswered).length;
    return { group, asked: own.length, answered, over: all === 0 ? null : answered / all - own.length / due.length, difference: shareDifference(answered, own.length, all - answered, due.length - own.length) };
  }).sort((a, b) => b.asked - a.asked || ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
}
