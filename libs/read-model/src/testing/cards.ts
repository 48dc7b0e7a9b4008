import { type Card, firstScorecard } from '#insight';
import type { Position } from '#journey';
import { ASSIGNMENT } from '../scorecards/card-states.js';
import { type openReadModel, tenant } from './open-read-model.js';

type House = Awaited<ReturnType<typeof openReadModel>>;

/** A card with one measure: the latest figure recorded as `pulse`, 0 to 100, is the score. */
export const pulseCard = (id: string, version = 1, more: Partial<Card> = {}): Card => ({
  id, version, bands: { ...firstScorecard.bands, margin: 3, leastCoverage: 0 }, measureBands: firstScorecard.measureBands, groups: [{ id: 'all', label: 'All' }],
  measures: [{ id: 'pulse', group: 'all', signal: 'measurement:pulse', weight: 1, label: 'Pulse', unit: 'of 100', curve: { kind: 'line', points: [[0, 0], [100, 1]] }, staleAfter: null }], ...more,
});

let decisions = 0;

/** Facts about cards, as drafting, publishing and assigning leave them; visible when it resolves. @returns the last one's position and when it was observed */
export async function decideCards(house: House, ...facts: [type: 'drafted' | 'published' | 'retired' | 'assigned', data: Record<string, unknown>][]): Promise<{ position: Position; observedAt: string }> {
  let last: { position: Position; observedAt: string } | undefined;
  for (const [type, data] of facts) {
    const id = type === 'assigned' ? ASSIGNMENT : type === 'drafted' ? (data['card'] as Card).id : String(data['card']);
    const stream = { tenant, category: 'scorecard', id };
    const [verdict] = await house.store.append([{ stream, expected: 'any', events: [{
      source: 'test', id: `card ${decisions += 1}`, type: `scorecard.${type}`, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system' as const, id: 'test' }, data: { reason: 'test', ...data }, bodyHash: `card ${decisions}`,
    }] }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    [last] = await house.store.readStream(stream, { direction: 'backward', limit: 1 });
    await house.visible(last!.position);
  }
  return last!;
}

/** A card in force that scores everybody. */
export const putInForce = (house: House, card: Card) => decideCards(house, ['drafted', { card }], ['published', { card: card.id, version: card.version }], ['assigned', { perspective: 'whole', rules: [], otherwise: card.id }]);
