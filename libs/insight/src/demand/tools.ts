import type { Money } from '../sheet/fact.js';
import { groupsOf, sum } from '../experience/figure.js';
import { amountIn, arrOf, type CustomerFacts, type DemandAccount, type Evidence, evidence, mainCurrency, textIn } from './account.js';

/** A tool that people at customers use in our place. */
export interface ToolInPlace {
  readonly tool: string;
  readonly themes: readonly string[];
  readonly accounts: number;
  readonly arr: readonly Money[];
  /** Who uses it by the newest word of each place where it was seen, and by the first: so it grows, or not. Null where nobody said how many. */
  readonly seats: number | null;
  readonly firstSeats: number | null;
  readonly seen: readonly { readonly account: DemandAccount; readonly unit: string | null; readonly seats: number | null; readonly firstSeats: number | null; readonly events: readonly Evidence[] }[];
}

/** By tool, the one whose accounts pay most first. */
export function toolsOf(customers: readonly CustomerFacts[]): ToolInPlace[] {
  const sightings = customers.flatMap(({ account, events }) => events.filter(({ type }) => type === 'feedback.workaround-tool-seen').map((event) => ({ account, event, tool: String(event.data['tool']), unit: textIn(event.data, 'unit') })));
  const currency = mainCurrency(sightings.map(({ account }) => account));
  return [...groupsOf(sightings, ({ tool }) => tool)].map(([tool, own]): ToolInPlace => {
    const seen = [...groupsOf(own, ({ account, unit }) => JSON.stringify([account.id, unit])).values()].map((places) => {
      const counts = places.flatMap(({ event }) => (typeof event.data['seats'] === 'number' ? [event.data['seats']] : []));
      return { account: places[0]!.account, unit: places[0]!.unit, seats: counts.at(-1) ?? null, firstSeats: counts[0] ?? null, events: places.map(({ event }) => evidence(event)) };
    });
    const accounts = own.map(({ account }) => account);
    return {
      tool, themes: [...new Set(own.flatMap(({ event }) => (event.data['themes'] as readonly string[] | undefined) ?? []))], accounts: new Set(accounts.map(({ id }) => id)).size, arr: arrOf(accounts),
      seats: total(seen.map(({ seats }) => seats)), firstSeats: total(seen.map(({ firstSeats }) => firstSeats)), seen,
    };
  }).sort((a, b) => amountIn(b.arr, currency) - amountIn(a.arr, currency) || (a.tool < b.tool ? -1 : 1));
}

function total(counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : sum(known);
}
