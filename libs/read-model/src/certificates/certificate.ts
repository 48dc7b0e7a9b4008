import { hash } from 'node:crypto';
import type { Band, Card, Condition } from '#insight';
import { canonical, type JourneyEvent, parsePosition, type Position, storedForm } from '#journey';

export const FORMAT = 'touchline/health-certificate/1';

/** SHA-256, in hex, of the RFC 8785 form of JSON. */
export type Digest = string;

/** A card by its name, and what it is. */
export interface CardRef {
  readonly id: string;
  readonly version: number;
  readonly digest: Digest;
}

/** A line of the score: a measure, or what a ceiling or the bounds of a group take or add. */
export interface CertifiedLine {
  readonly id: string;
  readonly group: string;
  readonly status: 'known' | 'unknown';
  readonly value: number | null;
  readonly points: number;
  readonly maxPoints: number;
}

/** The figures as the health of a customer tells them, in points. The points of the lines sum to the score. */
export interface CertifiedFigures {
  readonly score: number | null;
  readonly shown: { readonly score: number | null; readonly max: number };
  readonly band: Band;
  readonly bandYesterday: Band | null;
  readonly coverage: number;
  readonly knowledge: 'witnessed' | 'declared';
  readonly lines: readonly CertifiedLine[];
}

export interface CertifiedEvent {
  readonly position: number;
  readonly digest: Digest;
}

/** What a figure stands on, and the figure: CERTIFICATE.md says how each digest is made. */
export interface Certificate {
  readonly format: string;
  readonly tenant: string;
  readonly timeZone: string;
  /** Our id of the customer, and of all who were known to be one with it, the first of them. */
  readonly customer: string;
  readonly members: readonly string[];
  readonly asOf: string;
  readonly knownAt: string;
  /** Facts up to there count. */
  readonly position: Position;
  readonly events: { readonly count: number; readonly chain: Digest; readonly list?: readonly CertifiedEvent[] };
  /** The position of the first fact that cannot be read, where there is one: the figures are those before it. */
  readonly heldAt?: number;
  readonly arithmetic: string;
  /** That scored the customer; one of `cards`. */
  readonly card: CardRef;
  readonly cards: { readonly rules: readonly { readonly when: Condition; readonly card: CardRef }[]; readonly otherwise: CardRef; readonly full: readonly Card[] };
  readonly figures: CertifiedFigures;
  /** Of all of the above, without the list of events. */
  readonly digest: Digest;
}

export const digestOf = (value: unknown): Digest => hash('sha256', canonical(value), 'hex');

/** The digests of events, and the one that chains them. */
export function chained(events: readonly JourneyEvent[]): Required<Certificate['events']> {
  const list = events.map((event) => ({ position: parsePosition(event.position).n, digest: digestOf(storedForm(event)) }));
  return { count: list.length, chain: digestOf(list.map(({ digest }) => digest)), list };
}

/** The digest of a certificate: over all of it but itself and the list, which the chain stands for. */
export function ownDigest({ digest: _, events, ...rest }: Certificate | Omit<Certificate, 'digest'> & { readonly digest?: Digest }): Digest {
  const { list: __, ...counted } = events;
  return digestOf({ ...rest, events: counted });
}
