/** Levels of the chance to leave within 90 days: below 5 %, from 5 %, from 15 %, from 40 % on. */
const EDGES = [0.05, 0.15, 0.4];
/** A level is left only a fifth of its edge beyond it, so that nobody flickers: up to the second at 6 %, and down from it below 4 %. */
const MARGIN = 0.2;

/** The level of a chance, 0 to 3. `before`: the level it was at; null where it is seen for the first time. */
export function riskLevel(chance: number, before: number | null): number {
  let level = before ?? EDGES.filter((edge) => chance >= edge).length;
  while (level < EDGES.length && chance >= EDGES[level]! * (1 + MARGIN)) level += 1;
  while (level > 0 && chance < EDGES[level - 1]! * (1 - MARGIN)) level -= 1;
  return level;
}
