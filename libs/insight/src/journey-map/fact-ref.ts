import type { EventRef, JourneyEvent } from '#journey';

/** A fact, by what identifies it; `at`: when it was true. */
export interface FactRef extends EventRef {
  readonly type: string;
  readonly at: string;
}

export const refOf = ({ source, id, type, occurredAt }: JourneyEvent): FactRef => ({ source, id, type, at: occurredAt });
