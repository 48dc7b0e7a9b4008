import type { Sql } from '#event-store';
import { type Band, cardFor, type CardSet, type FactSheet, knownEvents, overrideIn, type Overridden, profileOf, type Score, withOverride } from '#insight';
import { effectiveEvents, type JourneyEvent, parsePosition } from '#journey';
import { storyOf } from '../customers/together.js';
import { countingParts } from './counting-parts.js';
import { computable } from './held.js';
import { type HealthAnswer, scoreParts } from './health-answer.js';
import { hierarchyNow } from './hierarchy-now.js';
import { hierarchyThen } from './hierarchy-then.js';
import { perspectivesOf } from './perspectives.js';
import { rollUpAnswer, type Top } from './roll-up-answer.js';
import type { Moment } from './told-by.js';

/** A health that was computed, and what from. `moment`: the past that it is about; null: it is that of the rows. */
interface Computed {
  readonly customer: string;
  readonly score: Score;
  readonly band: Band;
  readonly sheet: FactSheet;
  readonly cards: CardSet;
  readonly moment: Moment | null;
}

type Parts = Omit<HealthAnswer, 'customer' | 'askedAs' | 'asOf' | 'knownAt' | 'today' | 'position' | 'bandYesterday' | 'knowledge' | 'held' | 'heldBy'>;

/** What an answer says of a health. `events`: those of its figures, as stored. */
export async function healthParts(sql: Sql, tenant: string, computed: Computed, events: readonly JourneyEvent[]): Promise<Parts> {
  const { customer, score, band, sheet, cards, moment } = computed;
  const card = cardFor(cards.whole, sheet);
  const override = overrideIn(sheet, card, score.day);
  const { name, arr } = profileOf(sheet, score.day);
  const figures = { score: score.score, band, shown: score.shown };
  const top: Top = { id: customer, name, arr, card, ...withOverride(figures, override) };
  const hierarchy = moment ? await hierarchyThen(sql, tenant, top, { cards, moment }) : await hierarchyNow(sql, tenant, top);
  return {
    name, ...scoreParts(score, events), ...countingParts(card, figures, override && { ...override, fact: await factOf(sql, tenant, customer, { override, moment }) }),
    perspectives: perspectivesOf(cards, sheet, score.day), rollUp: rollUpAnswer(hierarchy, top),
  };
}

const OVERRIDES = ['customer.override-set', 'record.retracted', 'record.amended'];

/** The fact by which an override holds, as corrected, or as stored where a row has not been folded since it was taken back. */
async function factOf(sql: Sql, tenant: string, customer: string, { override: { n }, moment }: { readonly override: Overridden; readonly moment: Moment | null }): Promise<JourneyEvent> {
  const stored = await storyOf(sql, tenant, { members: [customer] }, OVERRIDES);
  const { value: effective } = computable(stored, (facts) => (moment ? knownEvents(facts, moment.knownAt) : effectiveEvents(facts)));
  return [...effective, ...stored].find(({ position }) => parsePosition(position).n === n)!;
}
