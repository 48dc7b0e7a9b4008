import type { FactSheet } from '../../fact-sheet.js';
import { GRACE, type LeavingCause, type Said, spellsOf, type Spell } from './spells.js';

/**
 * A stretch in which somebody is a customer: at least one subscription runs, breaks of up to 30 days bridged. Decision, notice and effect are kept
 * apart: models learn from the notice, which is when it can be known; reports are about the effect.
 */
export interface CustomerSpell {
  readonly from: number;
  /** The effect: the first day on which nothing runs any more; null while that is not known. */
  readonly effect: Said | null;
  /** The first day on which for all that ran a notice stood; null while something runs on. */
  readonly notice: Said | null;
  readonly decision: Said | null;
  readonly cause: LeavingCause | null;
}

/** The stretches of a customer, earliest first, from what the sheet knows on a day. */
export function customerSpells(sheet: FactSheet, day: number): CustomerSpell[] {
  const groups: Spell[][] = [];
  for (const spell of spellsOf(sheet, day).sort((a, b) => a.from - b.from)) {
    const group = groups[groups.length - 1];
    if (group && spell.from <= endOf(group) + GRACE) group.push(spell);
    else groups.push([spell]);
  }
  return groups.map(spellOf);
}

const endOf = (group: readonly Spell[]): number => Math.max(...group.map(({ to, ended, notice }) => (to === null || (!ended && !notice) ? Infinity : to)));

function spellOf(group: readonly Spell[]): CustomerSpell {
  const from = group[0]!.from;
  if (group.some(({ notice }) => notice === null)) return { from, effect: null, notice: null, decision: null, cause: null };
  const notice = latest(group.map((spell) => spell.notice!));
  const last = group.reduce((a, b) => ((b.to ?? Infinity) >= (a.to ?? Infinity) ? b : a));
  const decisions = group.flatMap(({ decision }) => decision ?? []);
  return {
    from, notice, cause: last.cause, decision: decisions.length ? latest(decisions) : null,
    effect: last.to === null ? null : { day: last.to, n: (last.ended ?? last.notice!).n },
  };
}

const latest = (list: readonly Said[]): Said => list.reduce((a, b) => (b.day >= a.day ? b : a));

/** How somebody stands on a day: not a customer, a customer, one of whom a notice stands, or one who has left. */
export type Standing = 'prospect' | 'running' | 'notice' | 'left';

export const standingOf = (sheet: FactSheet, day: number): { readonly standing: Standing; readonly spell: CustomerSpell | null } => standingIn(customerSpells(sheet, day), day);

export function standingIn(spells: readonly CustomerSpell[], day: number): { readonly standing: Standing; readonly spell: CustomerSpell | null } {
  const spell = spells.findLast(({ from }) => from <= day) ?? null;
  if (!spell) return { standing: 'prospect', spell };
  if (spell.effect && spell.effect.day <= day) return { standing: 'left', spell };
  return { standing: spell.notice && spell.notice.day <= day ? 'notice' : 'running', spell };
}
