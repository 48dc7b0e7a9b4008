import { effectiveEvents } from '#journey';
import { type CustomerSpell, customerSpells, standingIn } from '../churn/history/leaving.js';
import { monthEnds } from '../churn/history/origins.js';
import type { Cards } from '../cards/cards.js';
import type { FactSheet, ToldEvent } from '../fact-sheet.js';
import { profileOf } from '../profile.js';
import type { Band } from '../score/band.js';
import { type AlarmsByMonth, countAlarms, outcomeOf, WITHIN } from './alarms.js';
import { both, type Both, bothWays, type Span } from './both-ways.js';
import { type Churn, churnsIn } from './churns.js';
import { type Mover, moverOf, Movers } from './movers.js';

export interface SimulationOptions extends Span {
  readonly cards: Both<Cards>;
  /** The last day of which everything is known: what came of an alarm is known up to it. */
  readonly knownUntil: number;
}

/** A customer at a month's end: what both say, and whether notice came within 90 days. */
export interface RankedRow extends Both<number> {
  readonly day: number;
  readonly customer: string;
  readonly cluster: string;
  readonly left: 0 | 1;
}

/** What was counted of some customers. Tallies of others can be added to it, in any order. JSON. */
export interface Tally {
  readonly customers: number;
  /** Of those who are customers on the last day: `healthy>watch` is how many are healthy as published and watch by the draft. */
  readonly turns: Record<string, number>;
  /** Customers per band at the ends of months and on the last day, by day. */
  readonly bands: Record<number, Both<Record<Band, number>>>;
  readonly movers: readonly Mover[];
  readonly churns: readonly Churn[];
  readonly alarms: Both<AlarmsByMonth>;
  readonly rows: readonly RankedRow[];
  /** Rows of which one of both has no score. */
  readonly unscored: number;
}

/** Nobody is ranked in the first four weeks. */
const LEAST_DAYS = 28;
const NOBODY: Record<Band, number> = { 'healthy': 0, 'watch': 0, 'at-risk': 0, 'unknown': 0 };

/** Counts customers, one after the other. */
export class Counting {
  private customers = 0;
  private unscored = 0;
  private readonly turns: Record<string, number> = {};
  private readonly bands: Record<number, Both<Record<Band, number>>> = {};
  private readonly movers = new Movers();
  private readonly churns: Churn[] = [];
  private readonly alarms: Both<AlarmsByMonth> = { published: {}, draft: {} };
  private readonly rows: RankedRow[] = [];
  private readonly ends: readonly number[];

  constructor(private readonly options: SimulationOptions) {
    this.ends = monthEnds(options.from, options.to);
  }

  /** `cluster`: the parent account, or the customer itself. The story in any order, as it is stored. */
  add(customer: string, cluster: string, story: readonly ToldEvent[]): void {
    const events = effectiveEvents(story);
    if (events.length === 0) return;
    const { cards, knownUntil, from, to } = this.options;
    const looks: (() => void)[] = [];
    const { whole, ...closes } = bothWays(events, cards, this.options, (day, sheet, sides) => {
      if (day !== to && !this.ends.includes(day) || !sheet.latest || profileOf(sheet, day).status === 'ended') return;
      const [place, name] = [day - from, nameOf(sheet)];
      const bands = both(sides, (side) => side.bands[place]!);
      const points = sides.draft.scores[place]! - sides.published.scores[place]!;
      const mover = day === to && isTold(bands) && this.movers.mayHold(points) ? moverOf(sheet, cards, { customer, name, day, bands }) : null;
      looks.push(() => this.count(day, bands, mover));
    });
    const sheet = whole();
    const spells = customerSpells(sheet, knownUntil);
    // Whoever cannot be read to the end is counted nowhere.
    looks.forEach((look) => look());
    this.customers += 1;
    this.churns.push(...churnsIn(spells, closes, this.options, { customer, name: nameOf(sheet) }));
    for (const side of ['published', 'draft'] as const) countAlarms(this.alarms[side], spells, closes[side], { from, knownUntil });
    for (const day of this.ends) this.rank({ customer, cluster, day }, spells, both(closes, ({ scores }) => scores[day - from]!));
  }

  private count(day: number, bands: Both<Band>, mover: Mover | null): void {
    const counts = (this.bands[day] ??= { published: { ...NOBODY }, draft: { ...NOBODY } });
    counts.published[bands.published] += 1;
    counts.draft[bands.draft] += 1;
    if (day === this.options.to) this.turns[`${bands.published}>${bands.draft}`] = (this.turns[`${bands.published}>${bands.draft}`] ?? 0) + 1;
    if (mover) this.movers.add(mover);
  }

  private rank(who: { readonly customer: string; readonly cluster: string; readonly day: number }, spells: readonly CustomerSpell[], { published, draft }: Both<number | null>): void {
    const { standing, spell } = standingIn(spells, who.day);
    if (standing !== 'running' || who.day - spell!.from < LEAST_DAYS) return;
    const outcome = outcomeOf(spells, who.day, this.options.knownUntil);
    // Rows of a month are compared: all of them must be known.
    if (outcome === null || who.day + WITHIN > this.options.knownUntil) return;
    if (published === null || draft === null) this.unscored += 1;
    else this.rows.push({ ...who, published, draft, left: outcome === 'right' ? 1 : 0 });
  }

  /** What was counted so far. */
  tally(): Tally {
    const { customers, turns, bands, churns, alarms, rows, unscored } = this;
    return { customers, turns, bands, movers: this.movers.all, churns, alarms, rows, unscored };
  }
}

const isTold = ({ published, draft }: Both<Band>): boolean => published !== 'unknown' && draft !== 'unknown';
const nameOf = ({ customer, absorbed }: FactSheet): string | null => ((customer['name'] ?? absorbed?.['name'])?.[3] as string | undefined) ?? null;
