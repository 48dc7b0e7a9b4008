import type { Simulated } from '#read-model';

/** A card that was sent is none of the versions that are stored, whatever version it was made from: it is told as the draft that it is. */
export function toldAsDraft({ simulation, madeFrom }: Simulated, { id, version }: { readonly id?: unknown; readonly version?: unknown }): Simulated {
  const tried = `${String(id)}@${String(version ?? 1)}`;
  const name = version === undefined ? `draft of ${String(id)}` : `draft made from ${tried}`;
  const { published, draft } = simulation.cards;
  return { simulation: { ...simulation, cards: { published, draft: draft.map((one) => (one === tried ? name : one)) } }, madeFrom };
}
