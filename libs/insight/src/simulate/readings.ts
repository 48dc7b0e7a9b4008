import type { FactSheet } from '../fact-sheet.js';
import { type SignalName, signalOf } from '../signals/all.js';
import type { Missing, Reading } from '../signals/signal.js';
import { type View, viewOf } from '../view.js';

/** What of a reading counts for a score. */
export type Read = Pick<Reading, 'value' | 'age'> | Missing;

/** How a signal goes on while no fact of some families comes (left out: of any): its value stays, stays while it is 0, or is its age. */
interface Habit {
  readonly value: 'stays' | 'stays 0' | 'is its age';
  readonly families?: readonly string[];
}

/** Those that need not be read every day. All others are: what is due, near or remembered for so long changes by the day alone. */
const HABITS: Partial<Record<SignalName, Habit>> = {
  licenceUse: { value: 'stays', families: ['usage', 'subscription', 'renewal'] }, depth: { value: 'stays', families: ['usage'] }, trend: { value: 'stays', families: ['usage'] },
  escalated: { value: 'stays 0', families: ['ticket'] }, competitor: { value: 'stays 0', families: ['competitor', 'engagement'] },
  contact: { value: 'is its age' }, payerContact: { value: 'is its age' }, silence: { value: 'is its age' },
};

const NOTHING: Missing = { missing: 'nothing has been told' };

interface Kept {
  readonly read: Read;
  readonly day: number;
  /** How many facts had been told. */
  readonly told: number;
}

/** What the signals read off one sheet, day after day; each is read at most once a day. */
export class Readings {
  private view: View | undefined;
  private day = -Infinity;
  private facts = 0;
  private readonly toldOf = new Map<string, number>();
  private readonly kept = new Map<SignalName, Kept>();

  constructor(private readonly sheet: FactSheet) {}

  /** A fact of this type was added to the sheet. */
  told(type: string): void {
    this.facts += 1;
    this.toldOf.set(type.slice(0, type.indexOf('.')), this.facts);
  }

  goTo(day: number): void {
    this.day = day;
    this.view = undefined;
  }

  readonly of = (name: SignalName): Read => {
    if (this.facts === 0) return NOTHING;
    const before = this.kept.get(name);
    if (before?.day === this.day) return before.read;
    const habit = HABITS[name];
    const read = (before && habit && this.later(before, habit)) ?? signalOf(name)((this.view ??= viewOf(this.sheet, this.day)));
    this.kept.set(name, { read, day: this.day, told: this.facts });
    return read;
  };

  /** What was read before, as of today. What lies ahead of the day it was read on has no age yet. */
  private later({ read, day, told }: Kept, { value, families }: Habit): Read | undefined {
    const isTold = families ? families.some((family) => (this.toldOf.get(family) ?? 0) > told) : this.facts > told;
    if (isTold) return undefined;
    if ('missing' in read) return value === 'stays' ? read : undefined;
    if (read.age <= 0 || (value === 'stays 0' && read.value !== 0)) return undefined;
    const age = read.age + this.day - day;
    return { value: value === 'is its age' ? age : read.value, age };
  }
}
