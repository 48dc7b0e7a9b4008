/** Whole, halves up; a half stays one where the machine's arithmetic says 28.499999999999996. */
export const halfUp = (value: number): number => Math.round(Math.round(value * 1e9) / 1e9) + 0;
