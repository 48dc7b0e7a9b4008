import { describe, expect, it } from '@jest/globals';
import type { Card } from '../card.js';
import { checkCard } from '../check-card.js';
import { sharesOf } from '../../score/shares-of.js';
import { foldEvents } from '../../fold-events.js';
import { scoreHealth } from '../../score/score-health.js';
import { ago, fact, TODAY, utc } from '../../testing/facts.js';
import { b2bSaas } from './b2b-saas.js';
import { fieldService } from './field-service.js';
import { internalIt } from './internal-it.js';
import { itServiceProvider } from './it-service-provider.js';
import { payerCard, userCard } from './perspectives.js';
import { readyMadeCards } from './ready-made.js';

describe('Every ready-made card', () => {
  it.each(readyMadeCards.map((card) => [card.id, card] as const))('%s leaves nothing to put right, is data, and its groups share out 100 %%', (_, card) => {
    expect(checkCard(card)).toEqual([]);
    expect(JSON.parse(JSON.stringify(card))).toEqual(card);
    expect(card.groups.reduce((sum, { weight }) => sum + weight!, 0)).toBe(100);
    for (const { id, weight, combine } of card.groups) {
      expect(card.measures.filter(({ group }) => group === id).reduce((sum, measure) => sum + measure.weight, 0)).toBe(weight);
      if (!combine) for (const measure of card.measures) if (measure.group === id) expect(sharesOf(card).get(measure.id)).toBeCloseTo(measure.weight, 9);
    }
  });

  it('has an id of its own', () => {
    expect(new Set(readyMadeCards.map(({ id }) => id)).size).toBe(6);
  });
});

/**
 * Four hundred days a customer; the one who pays was spoken with 90 days ago; a ticket of ten days ago missed its target and was solved; a promise was broken; an answer of 4 on 1 to 5
 * (20 days ago) and one of 9 on 0 to 10 that tells of 5 lost hours (30 days ago); 10 of 20 licences are used. No visit, invoice, outage, goal or sponsor was ever recorded.
 * What the measures say: contact with a payer 90 days: 0.75. Contact with anybody 90 days: 1/3. One missed target: 0.75. No ticket reopened, ageing, escalated: 1. One broken promise: 0.5.
 * Satisfaction: 4 of 1 to 5 is 0.75 of the scale, a miss, so 50 x 0.75 / 0.9 = 41.67: (41.67 - 10) / 80 = 0.3958. The 9 of 0 to 10 is excellent: 100, so 1.
 * Users: both answers by their age, (345 x 41.67 + 335 x 100) / 680 = 70.40: 0.7551. 5 hours lost: 0.5 - 0.5 x 3 / 6 = 0.25. Half of the licences: 0.5. Silence of a day, no sign of leaving: 1.
 */
const history = [
  fact('subscription.started', 400, { subscription: 's', recurring: { amount: 1000, currency: 'EUR' }, interval: 'month' }),
  fact('contact.added', 400, { contact: 'anna', role: 'payer' }), fact('engagement.call-held', 90, { twoWay: true, with: ['anna'] }),
  fact('ticket.opened', 10, { ticket: 'T' }), fact('ticket.sla-missed', 9, { ticket: 'T' }), fact('ticket.resolved', 8, { ticket: 'T' }),
  fact('survey.responded', 20, { survey: 'V', instrument: { kind: 'csat', min: 1, max: 5 }, score: 4 }),
  fact('survey.responded', 30, { survey: 'X', instrument: { kind: 'xla', min: 0, max: 10 }, score: 9, lostMinutes: 300 }),
  fact('usage.reported', 1, { from: ago(7), to: ago(1), licensed: 20, active: 10 }), fact('promise.broken', 12, { promise: 'p' }),
];
const scored = (card: Card, events = history) => scoreHealth(foldEvents(events, utc), card, TODAY);
const points = (card: Card) => Object.fromEntries(scored(card).groups.map((group) => [group.id, group.points]));

describe('A customer worked by hand', () => {
  it('of an IT service provider: 71.20', () => {
    // Service (6 x 0.75 + 8 + 7 + 6) / 27 of 35 = 33.06; experience 0.3958 of 25 = 9.90; relationship (7 x 0.75 + 6 x 0.5 + 7 x 0, never visited) / 20 of 20 = 8.25; contract 20.
    expect(scored(itServiceProvider)).toMatchObject({ score: 7120, coverage: 27 + 12 + 13 + 10 });
    expect(points(itServiceProvider)).toMatchObject({ relationship: 825, contract: 2000 });
    expect(scored(itServiceProvider).measures.find(({ id }) => id === 'visits')!.say).toBe('Visits and reviews: unknown, because no visit or business review has been recorded; counts as the worst.');
  });

  it('of a SaaS vendor: 72.44', () => {
    // Adoption 0.5 of 40 = 20; support 10; relationship 6 x 0.5 (nobody named) + 5 x 0.75 + 7 = 13.75; contract 20: 63.75 of 88, as nothing is known of voice.
    expect(scored(b2bSaas)).toMatchObject({ score: 7244, coverage: 14 + 10 + 12 + 8 });
  });

  it('of a field service: 79.47, and at 65 at most with a machine that stands still', () => {
    // Site: the worst of 1 and 1, 35; appointments (9 x 0.5 + 8 x 0.75) / 17 of 25 = 15.44; people 8 x 0 + 6 x 0.7551 + 6 x 0.75 = 9.03; contract 20.
    expect(scored(fieldService)).toMatchObject({ score: 7947, coverage: 23 + 17 + 12 + 9 });
    // Two points of outages: quality 0, so the site is 0: 44.47.
    const down = scored(fieldService, [...history, fact('outage.customer-affected', 2, { outage: 'O', startedAt: `${ago(2)}T08:00:00.000Z` })]);
    expect(down).toMatchObject({ score: 4447 });
    expect(down.measures.find(({ id }) => id === 'outages')).toMatchObject({ points: 0, maxPoints: 3500 });
  });

  it('of an internal IT: 66.16, and 55 at most where people suffer, whatever the targets say', () => {
    // Experience (22 + 18 x 0.25 + 9 x 0.3958) / 49 of 55 = 33.74; service (8 + 7 + 3 x 0.75) / 18 of 25 = 23.96; partnership (7 x 0.5 + 6 / 3) / 13 of 20 = 8.46.
    expect(scored(internalIt)).toMatchObject({ score: 6616, coverage: 49 + 18 + 13, held: null });
    // 2 of 10 is 11.1 of 100, quality 0.014. Experience (22 x 0.0139 + 18 + 9) of 49, service and partnership full: 75.65, held at 55.
    const red = [
      fact('survey.responded', 3, { survey: 'X', instrument: { kind: 'xla', min: 0, max: 10 }, score: 2, lostMinutes: 0 }), fact('survey.responded', 3, { survey: 'V', instrument: { kind: 'csat', min: 1, max: 5 }, score: 5 }),
      fact('ticket.opened', 10, { ticket: 'T' }), fact('ticket.resolved', 9, { ticket: 'T' }), fact('engagement.call-held', 9, { twoWay: true }),
    ];
    expect(scored(internalIt, red)).toMatchObject({ score: 5500, held: { measure: 'experience', at: 5500, cost: 2065 } });
  });

  it('seen by those who pay 69.82, by those who use 82.43', () => {
    // Relationship (20 x 0.5, never asked + 15 x 0.75) / 35 of 45 = 27.32; value 0.5 of 25 = 12.5; contract 30.
    expect(scored(payerCard)).toMatchObject({ score: 6982, coverage: 15 + 10 + 15 });
    // Voice 0.7551 of 35 = 26.43; use (12 x 0.5 + 8) / 20 of 30 = 21; help 35.
    expect(scored(userCard)).toMatchObject({ score: 8243, coverage: 25 + 20 + 25 });
  });
});
