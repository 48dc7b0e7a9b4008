import type { Actor, Position } from '#journey';

/** Why a person is erased, and under which number; no text of anybody's. */
export interface ErasureReason {
  readonly reason: string;
  readonly reference?: string;
}

/** What became unreadable of one customer. */
export interface ErasedOfCustomer {
  readonly customer: string;
  /** Facts that hold fields sealed for the person. */
  readonly facts: number;
  readonly fields: number;
}

/** That a person was erased: who asked, why, and what became unreadable. Holds nothing personal. */
export interface Certificate extends ErasureReason {
  /** Our id of the person. */
  readonly contact: string;
  /** Ids of the keys that were destroyed. */
  readonly keys: readonly string[];
  readonly erasedAt: string;
  readonly actor: Actor;
  readonly facts: number;
  readonly fields: number;
  /** Position of the log up to which facts and fields were counted. */
  readonly upTo: Position;
  /** Every customer that knows the person; in the stream of each stands a fact `contact.erased`. */
  readonly customers: readonly ErasedOfCustomer[];
}

/** The certificate of who was named, and who else belongs to them by an e-mail address, as far as this call found it: who is erased has no address any more. */
export interface Erased extends Certificate {
  /** Other names of the person: e-mail addresses that facts gave of them, and whoever had the address by which they were named. Erased as well. */
  readonly together?: readonly Certificate[];
  /** Our ids of others who share an address with the person. They stay readable. */
  readonly sharing?: readonly string[];
}
