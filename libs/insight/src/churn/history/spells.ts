import type { FactSheet } from '../../fact-sheet.js';
import { termsOn } from '../../profile.js';
import { type Renewal, renewalsOf } from '../../sheet/business.js';
import { replayer, type Entry } from '../../sheet/log.js';
import { subscriptionsOf } from '../../sheet/subscription.js';

/** Why a subscription ended; `merger` is no churn: who merges stays a customer under another name. */
export const LEAVING_CAUSES = ['voluntary', 'payment', 'merger', 'bad-fit', 'other'] as const;
export type LeavingCause = (typeof LEAVING_CAUSES)[number];

/** A day and the position number of the fact that says so. */
export interface Said {
  readonly day: number;
  readonly n: number;
}

/** One stretch in which a subscription runs. Days are whole days; `to` is the first day on which it no longer runs. */
export interface Spell {
  readonly from: number;
  readonly to: number | null;
  /** The fact that ended it, or that says when it will. */
  readonly ended: Said | null;
  readonly cause: LeavingCause | null;
  /** When the customer said that it will not go on; the end itself where nothing was said before. */
  readonly notice: Said | null;
  /** The no that was decided about a renewal, where one was recorded. */
  readonly decision: Said | null;
}

/** Days after the end of a term without a word, on which a subscription that does not renew by itself counts as lapsed, from that end on; and days within which who comes back has not left. */
export const GRACE = 30;

const OPEN = { to: null, ended: null, cause: null, notice: null, decision: null } as const;

const byEntries = replayer((id, entries) => {
  const spells: Spell[] = [];
  for (const entry of entries) step(spells, entry);
  return { id, spells };
});

function step(spells: Spell[], [, n, day, what, kept = {}]: Entry): void {
  const last = spells[spells.length - 1];
  const running = last !== undefined && last.ended === null;
  if (!running) {
    // Whatever is told of a subscription that does not run, other than its end, starts it.
    if (what !== 'ended' && what !== 'cancellation-requested' && what !== 'cancellation-withdrawn') spells.push({ ...OPEN, from: day });
    return;
  }
  const change = changeBy(what, { n, day }, kept, last);
  if (change) spells[spells.length - 1] = { ...last, ...change };
}

function changeBy(what: string, said: Said, kept: Readonly<Record<string, unknown>>, last: Spell): Partial<Spell> | null {
  // Who asks again has said so before.
  if (what === 'cancellation-requested') return { notice: last.notice ?? said, to: (kept['effectiveOn'] as number | undefined) ?? null };
  if (what === 'cancellation-withdrawn' || what === 'renewed' || what === 'started') return { notice: null, to: null };
  if (what === 'ended') return { to: said.day, ended: said, notice: last.notice ?? said, cause: (kept['reason'] as LeavingCause | undefined) ?? 'other' };
  return null;
}

/** The spells of every subscription, as far as the sheet knows on a day; decisions, lapses and silence at the end of a term included. */
export function spellsOf(sheet: FactSheet, day: number): Spell[] {
  const renewals = renewalsOf(sheet.logs.renewal).sort((a, b) => a.day - b.day || a.n - b.n);
  const terms = new Map(subscriptionsOf(sheet.logs.subscription).map((subscription) => [subscription.id, termsOn(subscription, day)]));
  const closed = closedOn(sheet);
  return byEntries(sheet.logs.subscription).flatMap(({ id, spells }) => spells.map((spell, place): Spell => {
    const until = spells[place + 1]?.from ?? Infinity;
    const own = renewals.filter((renewal) => renewal.subscription === id && renewal.day >= spell.from && renewal.day < until);
    const refused = own.findLast(({ outcome, day: on }) => outcome === 'no' && on <= (spell.to ?? Infinity));
    const isWithdrawn = refused && own.some(({ outcome, day: on }) => outcome === 'renewed' && on > refused.day);
    const decision = refused && !isWithdrawn ? { day: refused.day, n: refused.n } : null;
    const told = { ...spell, decision, notice: earliest(spell.notice, decision) };
    if (spell.ended || until < Infinity) return told;
    const { renewsOn, autoRenew, termsAt } = terms.get(id)!;
    const end = endedBy(own, closed, spell) ?? (autoRenew === false && renewsOn !== undefined && renewsOn + GRACE < day ? { on: { day: renewsOn, n: termsAt.n }, cause: 'voluntary' as const } : null);
    if (end) return { ...told, to: end.on.day, ended: end.on, notice: told.notice ?? end.on, cause: end.cause };
    return told.notice && told.to === null ? { ...told, to: refused?.dueOn ?? renewsOn ?? null } : told;
  }));
}

/** Ends that no `subscription.ended` tells of: a renewal that lapsed, a customer that was closed. */
function endedBy(renewals: readonly Renewal[], closed: Said | null, { from }: Spell): { readonly on: Said; readonly cause: LeavingCause } | null {
  if (closed && closed.day >= from) return { on: closed, cause: 'other' };
  const last = renewals[renewals.length - 1];
  return last?.outcome === 'lapsed' ? { on: { day: last.day, n: last.n }, cause: 'voluntary' } : null;
}

const earliest = (a: Said | null, b: Said | null): Said | null => (a && b ? (b.day < a.day ? b : a) : a ?? b);

function closedOn({ customer: { closed, registered } }: FactSheet): Said | null {
  return closed && !(registered && registered[0] > closed[0]) ? { day: closed[2], n: closed[1] } : null;
}
