/** How far a long computation is: `done` of `all`, of what is being done. */
export interface Progress {
  readonly of: string;
  readonly done: number;
  readonly all: number;
}

/** A long computation, piece by piece: whoever runs it may show its progress, do something else in between, or stop. */
export type Steps<T> = Generator<Progress, T, void>;

/** To its end, at once. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
