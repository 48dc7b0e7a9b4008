import type { Sql } from '#event-store';
import { ARITHMETIC, type Card, type Cards, cardsIn, healthAt, type Health } from '#insight';
import { formatPosition, type JourneyEvent, parsePosition } from '#journey';
import { reliableScore } from '../customers/customer-answer.js';
import { storyOf, toldOf, togetherOf } from '../customers/together.js';
import { computable } from '../health/held.js';
import { points } from '../reading.js';
import { cardsInForceUpTo } from '../scorecards/cards-in-force.js';
import { dayOfIn } from '../tenant.js';
import { type Certificate, type CardRef, type CertifiedFigures, chained, digestOf, FORMAT, ownDigest } from './certificate.js';

/** Whose health, and what counts for it. */
export type Subject = Pick<Certificate, 'tenant' | 'timeZone' | 'customer' | 'asOf' | 'knownAt' | 'position'>;

/** The place of a position in this life of the log; its text stays as it was given. */
export interface Place { readonly epoch: number; readonly n: number }

/** The events that a certificate stands on, as they are stored, in log order: those of all members up to the position, as far as they were known. */
export async function eventsOf(sql: Sql, { tenant, customer, knownAt }: Subject, { n }: Place): Promise<{ members: readonly string[]; root: string; events: JourneyEvent[] }> {
  const { root, members } = await togetherOf(sql, tenant, customer, knownAt, n);
  const until = Date.parse(knownAt);
  const events = (await storyOf(sql, tenant, { members })).filter(({ position, observedAt }) => parsePosition(position).n <= n && Date.parse(observedAt) <= until);
  return { root, members, events };
}

/** Computes a certificate from the log. The list of events is in it only where it is wanted. */
export async function certify(sql: Sql, subject: Subject, place: Place, { list }: { readonly list: boolean }): Promise<Certificate> {
  const { tenant, timeZone, asOf, knownAt, position } = subject;
  const { root, members, events } = await eventsOf(sql, subject, place);
  const { whole: cards } = await cardsInForceUpTo(sql, tenant, formatPosition(place.epoch, place.n), knownAt);
  const { value: health, bad } = computable(toldOf(root, events), (facts) => healthAt(facts, cards, { asOf, knownAt, dayOf: dayOfIn(timeZone) }));
  const { list: digests, ...counted } = chained(events);
  const full = cardsIn(cards);
  const content: Omit<Certificate, 'digest'> = {
    format: FORMAT, tenant, timeZone, customer: root, members, asOf, knownAt, position,
    events: { ...counted, ...(list ? { list: digests } : {}) }, ...(bad ? { heldAt: parsePosition(bad.position).n } : {}),
    arithmetic: ARITHMETIC, card: refOf(full.find(({ id, version }) => id === health.score.card.id && version === health.score.card.version)!), cards: { ...refsOf(cards), full }, figures: figuresOf(health),
  };
  return { ...content, digest: ownDigest(content) };
}

const refOf = (card: Card): CardRef => ({ id: card.id, version: card.version, digest: digestOf(card) });

const refsOf = ({ rules, otherwise }: Cards): Omit<Certificate['cards'], 'full'> => ({ rules: rules.map(({ when, card }) => ({ when, card: refOf(card) })), otherwise: refOf(otherwise) });

function figuresOf({ score, band, closedAs, knowledge }: Health): CertifiedFigures {
  return {
    score: reliableScore(score, band), shown: band === 'unknown' ? { ...score.shown, score: null } : score.shown, band, bandYesterday: closedAs, coverage: score.coverage, knowledge,
    lines: score.measures.map(({ id, group, status, value, points: brought, maxPoints }) => ({ id, group, status, value, points: points(brought), maxPoints: points(maxPoints) })),
  };
}
