export const measure = { id: 'support.reopened', group: 'support', label: 'Reopened tickets', status: 'known', reason: null, value: 3, unit: 'tickets', weight: 10, points: 2, maxPoints: 10, lost: 8, band: 'poor', age: 3, since: '2026-11-02', say: '3 tickets reopened in 30 days cost 8 points.', events: [] };
/** What the API answers of a customer. */
export const health = {
  customer: 'c-1', askedAs: null, name: 'Nordlicht Logistik', asOf: '2026-11-22T23:00:00.000Z', knownAt: '2026-11-22T23:00:00.000Z', today: { date: '2026-11-22', day: 1, pinned: true }, position: '1.9',
  score: 61.25, band: 'watch', computed: { score: 61.25, band: 'watch' }, override: null, shown: { score: 61.25, max: 100 }, bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 40, boundary: 'belongs to the upper band' },
  perspectives: { payer: null, user: null, apart: null, say: null }, rollUp: null, bandYesterday: 'healthy', coverage: 80, dataAge: 1, polarity: '100 is healthy', scale: '1', arithmetic: '1', card: { id: 'first', version: 1, label: null },
  knowledge: 'declared', held: false, heldBy: null, groups: [], measures: [measure, { ...measure, id: 'voice', label: 'Voice', status: 'unknown', reason: 'no answers', points: 0, maxPoints: 0, lost: 0 }],
};
export const difference = {
  customer: 'c-1', today: health.today, position: '1.9', from: { at: '2026-10-23T23:00:00.000Z', score: 70, enough: true }, to: { at: health.asOf, score: 61.25, enough: true }, eventsWithoutEffect: 2,
  lines: [{ kind: 'event', points: 0, say: 'A ticket was assigned on 1 Nov and moved points between measures only.', event: { position: '1.2', source: 's', id: '0', type: 'ticket.assigned', occurredAt: '2026-11-01T08:00:00.000Z' } }, { kind: 'event', points: -9, say: 'A ticket was reopened.', event: { position: '1.3', source: 's', id: '1', type: 'ticket.reopened', occurredAt: '2026-11-02T08:00:00.000Z' } }, { kind: 'time', points: 0.25, say: 'Older answers count less.', measure: 'voice' }],
};
