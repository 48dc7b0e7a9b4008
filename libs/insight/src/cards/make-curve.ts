import type { Curve } from './card.js';

/** Straight between the points. */
export const line = (...points: [value: number, quality: number][]): Curve => ({ kind: 'line', points });

/** What the first step says that does not end below the value, else `above`. */
export const steps = (above: number, ...list: [upTo: number, quality: number][]): Curve =>
  ({ kind: 'steps', boundary: 'belongs to the lower step', steps: list.map(([upTo, quality]) => ({ upTo, quality })), above });
