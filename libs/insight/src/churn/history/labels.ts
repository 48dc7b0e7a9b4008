import { Growing } from './growing.js';

/** What was known of one outcome, from which day on: 1, 0, or NaN where it cannot be told. */
export class LabelStory {
  readonly steps: { readonly from: number; readonly value: number }[] = [];

  learn(from: number, value: number): void {
    const before = this.steps[this.steps.length - 1]?.value ?? NaN;
    if (!Object.is(value, before)) this.steps.push({ from, value });
  }

  at(day: number): number {
    return this.steps.findLast(({ from }) => from <= day)?.value ?? NaN;
  }
}

/** The labels of one horizon, a place per row. Most have one step, so that only the others keep a list. */
export class Labels {
  private readonly values = new Growing();
  private readonly from = new Growing();
  private readonly others = new Map<number, LabelStory>();

  push(story: LabelStory): void {
    const [first] = story.steps;
    if (story.steps.length > 1) this.others.set(this.values.length, story);
    this.values.push(first?.value ?? NaN);
    this.from.push(first?.from ?? Infinity);
  }

  /** What was known by the end of a day: 1 or 0, NaN for a window that had not ended by then, or of which nothing can be told. */
  at(row: number, day: number): number {
    const other = this.others.get(row);
    if (other) return other.at(day);
    return this.from.at(row) <= day ? this.values.at(row) : NaN;
  }
}
