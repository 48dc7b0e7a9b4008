import type { FactSheet } from '../fact-sheet.js';
import { type SignalName, signalOf } from '../signals/all.js';
import type { Missing, Reading } from '../signals/signal.js';
import { type View, viewOf } from '../view.js';

/** What of a reading counts for a score. */
export type Read = Pick<Reading, 'value' | 'age'> | Missing;

/** Signals whose value stays as it is until a fact of these families comes: only their age goes on. */
const STEADY: Partial<Record<SignalName, readonly string[]>> = {
  licenceUse: ['usage', 'subscription', 'renewal'], depth: ['usage'], trend: ['usage'],
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
    const read = (before && this.later(before, STEADY[name])) ?? signalOf(name)((this.view ??= viewOf(this.sheet, this.day)));
    this.kept.set(name, { read, day: this.day, told: this.facts });
    return read;
  };

  /** What was read before, as of today, where nothing has changed but the day. What lies ahead of the day it was read on has no age yet. */
  private later({ read, day, told }: Kept, families: readonly string[] | undefined): Read | undefined {
    if (!families || families.some((family) => (this.toldOf.get(family) ?? 0) > told)) return undefined;
    if ('missing' in read) return read;
    return read.age > 0 ? { value: read.value, age: read.age + this.day - day } : undefined;
  }
}
