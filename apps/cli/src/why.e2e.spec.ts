import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';
import { difference, health, measure } from './testing-health.js';

describe('touchline why', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    door.answers.set('GET /v1/customers/crm%3A4711/health', { body: health });
    door.answers.set('GET /v1/customers/crm%3A4711/health/difference', { body: difference });
    for (const id of ['c-1', 'crm%3A4711', 'crm%3A4712', 'crm%3A4713', 'crm%3A4714', 'crm%3A4715']) door.answers.set(`GET /v1/customers/${id}/health/restatements`, { body: { customer: 'c-1', askedAs: null, restatements: [] } });
  });
  afterAll(() => door.close());

  it('tell why a customer is healthy or not, as it was and as it was known', async () => {
    const { out } = await touchline(['why', 'crm:4711', '--as-of', '2026-11-22', '--known-at', '2026-11-23'], { url });
    expect(door.asked.at(-2)).toMatchObject({ query: { asOf: '2026-11-22', knownAt: '2026-11-23' } });
    expect(door.asked.at(-1)).toMatchObject({ query: { to: '2026-11-22', knownAt: '2026-11-23' } });
    expect(out.split('\n')).toEqual([
      'Nordlicht Logistik  watch 61.25 of 100 (100 is healthy), healthy the day before',
      '  by the scorecard first (first@1): healthy from 70, watch from 45; a band is left 3 points beyond its edge',
      '  as of 2026-11-22T23:00:00.000Z, known at 2026-11-22T23:00:00.000Z, in part by the word of an import; today is pinned',
      '  80 % of what counts is known; the newest fact is 1 day old', '',
      'points     of  measure',
      '------  -----  ----------------  --------------------------------------------',
      '  2.00  10.00  Reopened tickets  3 tickets reopened in 30 days cost 8 points.', '',
      'Not known: Voice (no answers)', '',
      'What moved it: 70 on 2026-10-23, 61.25 on 2026-11-22',
      'points  when',
      '------  ----------  -------------------------',
      '    -9  2026-11-02  A ticket was reopened.',
      ' +0.25  time        Older answers count less.',
      '3 further events moved nothing.']);
    expect(JSON.parse((await touchline(['why', 'crm:4711', '--json'], { url })).out)).toEqual({ health, difference, restatements: [] });
    const path = 'GET /v1/customers/crm%3A4711/health/restatements';
    const none = door.answers.get(path)!;
    const said = (day: string) => ({ knownSince: `${day}T08:00:00.000Z`, say: `Restated, known since ${day}.` });
    door.answers.set(path, { body: { customer: 'c-1', askedAs: null, restatements: [said('2026-11-20'), said('2026-09-01')] } });
    expect((await touchline(['why', 'crm:4711'], { url })).out).toMatch(/Restated, known since 2026-11-20\.$/);
    expect((await touchline(['why', 'crm:4711', '--as-of', '2026-11-22'], { url })).out).not.toContain('Restated');
    door.answers.set(path, none);
  });

  it('say the score on the scale of its card, with the points beside it, and by which card and edges', async () => {
    const told = async (more: object) => {
      door.answers.set('GET /v1/customers/crm%3A4715/health', { status: 200, body: { ...health, ...more } });
      door.answers.set('GET /v1/customers/crm%3A4715/health/difference', { status: 200, body: difference });
      door.answers.set('GET /v1/customers/crm%3A4715/health/restatements', { body: { customer: 'c-1', askedAs: null, restatements: [] } });
      return (await touchline(['why', 'crm:4715'], { url })).out.split('\n');
    };
    const lines = await told({ score: 84.5, band: 'healthy', shown: { score: 8.5, max: 10 }, card: { id: 'r-catalyst', version: 2, label: 'Catalyst' }, bands: { ...health.bands, margin: 0, boundary: 'belongs to the lower band' } });
    expect(lines[0]).toMatch(/^Nordlicht Logistik {2}healthy 8\.5 of 10 \(84\.5 of 100, 100 is healthy\)/);
    expect(lines[1]).toBe('  by the scorecard Catalyst (r-catalyst@2): healthy above 70, watch above 45');
    expect((await told({ shown: { score: 61, max: 100 } }))[0]).toContain('watch 61 of 100 (61.25 of 100, 100 is healthy)');
  });

  it('say why without a movement between sums that are no scores', async () => {
    const told = async (from: boolean, to: boolean) => {
      door.answers.set('GET /v1/customers/crm%3A4714/health', { status: 200, body: health });
      door.answers.set('GET /v1/customers/crm%3A4714/health/difference', { status: 200, body: { ...difference, from: { ...difference.from, enough: from }, to: { ...difference.to, enough: to } } });
      return (await touchline(['why', 'crm:4714'], { url })).out;
    };
    expect(await told(false, true)).toContain('What moved it: too little known on 2026-10-23, 61.25 on 2026-11-22');
    expect(await told(true, false)).not.toMatch(/moved/);
  });

  it('say why of a held customer since which fact it is held, what the figures are, and where to look', async () => {
    const heldBy = { position: '1.7', source: 'helpdesk', id: 'e-1', type: 'ticket.opened', occurredAt: '2026-11-03T09:00:00.000Z' };
    door.answers.set('GET /v1/customers/crm%3A4713/health', { status: 200, body: { ...health, held: true, heldBy } });
    door.answers.set('GET /v1/customers/crm%3A4713/health/difference', { status: 200, body: difference });
    expect((await touchline(['why', 'crm:4713'], { url })).out).toContain(
      'Held back since ticket.opened of 2026-11-03 (helpdesk e-1, position 1.7), which could not be read. The figures are those before it. Why, and what waits: npx touchline projections parked');
  });

  it('say why of a merged customer that it is the health of another', async () => {
    door.answers.set('GET /v1/customers/crm%3A4712/health', { status: 200, body: { ...health, askedAs: 'c-2' } });
    door.answers.set('GET /v1/customers/crm%3A4712/health/difference', { status: 200, body: difference });
    expect((await touchline(['why', 'crm:4712'], { url })).out.split('\n').slice(0, 2)).toEqual(['c-2 is merged into Nordlicht Logistik (c-1), whose health this is.', expect.stringContaining('Nordlicht Logistik  watch')]);
  });

  it('say why with an override and without, how it looks to payers and users, and with what belongs to it', async () => {
    const override = { score: 30, band: 'at-risk', since: '2026-11-20', until: '2026-12-03', by: { kind: 'person', id: 'anna' }, reason: 'Their boss left', event: null };
    const perspectives = { payer: { score: 38 }, user: { score: null }, apart: null, say: null };
    door.answers.set('GET /v1/customers/crm%3A4715/health', { status: 200, body: { ...health, score: 30, band: 'at-risk', shown: { score: 30, max: 100 }, override, perspectives, rollUp: { say: 'Together 25: the mean of what belongs to it (3).' } } });
    door.answers.set('GET /v1/customers/crm%3A4715/health/difference', { status: 200, body: difference });
    expect((await touchline(['why', 'crm:4715'], { url })).out.split('\n').slice(0, 8)).toEqual([
      'Nordlicht Logistik  at-risk 30 of 100 (100 is healthy)', '  Overridden until 2026-12-03 by anna, since 2026-11-20: Their boss left', '  Computed: watch 61.25 of 100 (100 is healthy), healthy the day before',
      expect.stringContaining('by the scorecard'), expect.stringContaining('as of'), expect.stringContaining('80 %'), '  The payer sees 38, the user not known.', '  Together 25: the mean of what belongs to it (3).']);
  });

  it('say why of the computed score beside one that is set by hand, of those only who are looked at, and with the points of what is unknown', async () => {
    const override = { score: 30, band: 'at-risk', since: '2026-11-20', until: '2026-12-03', by: { kind: 'person', id: 'anna' }, reason: 'Their boss left', event: null };
    const mood = { ...measure, id: 'mood', label: 'Mood', status: 'unknown', reason: 'no mood has been recorded', points: 0, maxPoints: 33.33, lost: 33.33, say: 'Mood: unknown, because no mood has been recorded; counts as the worst.' };
    door.answers.set('GET /v1/customers/crm%3A4715/health/difference', { status: 200, body: difference });
    const why = async (more: object) => {
      door.answers.set('GET /v1/customers/crm%3A4715/health', { status: 200, body: { ...health, measures: [...health.measures, mood], ...more } });
      return (await touchline(['why', 'crm:4715'], { url })).out;
    };
    const said = await why({ override, perspectives: { payer: null, user: { score: 87.82 }, apart: null, say: null } });
    expect(said).toMatch(/\n {2}The user sees 87\.82\.\n/);
    expect(said).toMatch(/ 0\.00 {2}33\.33 {2}Mood +Mood: unknown, because no mood has been recorded; counts as the worst\.\n/);
    expect(said).toContain('Not known: Voice (no answers)\n');
    expect(said).toContain('What moved the computed score, beside which one is set by hand: 70 on');
    expect(said).toContain('3 further events moved nothing of it.');
    for (const view of [null, { score: null }]) expect(await why({ perspectives: { payer: view, user: { score: null }, apart: null, say: null } })).not.toMatch(/sees/);
  });
});
