import type { Progress } from '#insight';

/** What a long computation says on its way, as lines; its result is given to who runs it. Ends with who listens. */
export async function* progressLines<T>(work: AsyncGenerator<Progress, T, void>): AsyncGenerator<{ readonly progress: Progress }, T, void> {
  try {
    for (;;) {
      const step = await work.next();
      if (step.done) return step.value;
      yield { progress: step.value };
    }
  } finally {
    await work.return(undefined as T);
  }
}

/** The result of a long computation of whose progress nobody hears. */
export async function resultOf<T>(work: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}
