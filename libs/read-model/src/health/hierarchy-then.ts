import { readStreamsWith, type Sql } from '#event-store';
import { type CardSet, cardFor, healthAt, profileOf, withOverride } from '#insight';
import type { JourneyEvent } from '#journey';
import { rootsKnown, storyOf, toldOf } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { computable } from './held.js';
import { type NamedMember, rollsUp, type Top } from './roll-up-answer.js';
import { type Moment, sheetOf, toldBy } from './told-by.js';

const PARENT = 'customer.parent-changed';
/** What tells to whom somebody belongs, and what corrects that. */
const BELONGS = [PARENT, 'record.retracted', 'record.amended'];

/** The same at a moment, folded from the log: who belonged to whom then, who was one with whom, and how each of them was, as far as it was known. */
export async function hierarchyThen(sql: Sql, tenant: string, top: Top, { cards, moment }: { readonly cards: CardSet; readonly moment: Moment }): Promise<NamedMember[]> {
  if (!rollsUp(top.card)) return [];
  const roots = await rootsKnown(sql, tenant, moment.knownAt);
  const whole = async (customers: readonly string[], types?: readonly string[]) => (
    groupBy(await storyOf(sql, tenant, { members: customers.flatMap((customer) => roots.members(customer)) }, types), ({ stream }) => roots.root(stream.id)));
  const belonging = [...new Set((await readStreamsWith(sql, tenant, 'customer', PARENT)).map((stream) => roots.root(stream)))];
  const children = groupBy([...await whole(belonging, BELONGS)].flatMap(([id, facts]) => {
    const { value: parent } = computable(toldOf(id, facts), (told) => profileOf(sheetOf(toldBy(told, moment), moment), moment.dayOf(moment.asOf)).parent);
    return parent === null ? [] : [{ id, parent: roots.root(parent) }];
  }), ({ parent }) => parent);
  const found: NamedMember[] = [];
  const seen = new Set([top.id]);
  for (let level: readonly Pick<NamedMember, 'id' | 'card'>[] = [top]; level.length > 0;) {
    const below = level.flatMap(({ id, card }) => (card && rollsUp(card) ? children.get(id) ?? [] : [])).filter(({ id }) => !seen.has(id));
    const stories = await whole(below.map(({ id }) => id));
    const next = below.flatMap(({ id, parent }) => {
      seen.add(id);
      return memberOf({ id, parent }, toldOf(id, stories.get(id) ?? []), { cards, moment });
    });
    found.push(...next);
    level = next;
  }
  return found;
}

/** Nobody, where it had left or nothing was known of it. */
function memberOf({ id, parent }: Pick<NamedMember, 'id' | 'parent'>, story: readonly JourneyEvent[], { cards, moment }: { readonly cards: CardSet; readonly moment: Moment }): NamedMember[] {
  const { value: { score, band, override, sheet } } = computable(story, (facts) => healthAt(facts, cards.whole, moment));
  const { name, arr, status } = profileOf(sheet, score.day);
  return status === 'ended' || !sheet.latest ? [] : [{ id, parent, name, arr, card: cardFor(cards.whole, sheet), ...withOverride({ score: score.score, band }, override) }];
}
