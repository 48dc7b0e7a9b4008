import { describe, expect, it } from '@jest/globals';
import { simulationPage } from './simulation-page.js';
import { triedCard } from './testing/tried-card.js';

describe('The page of a simulation', () => {
  const tried = triedCard();
  const page = simulationPage(tried);

  it('is titled with what was found, and says everything in words beside the drawings', () => {
    const { say, churns, movers } = tried.simulation;
    expect(say).toMatch(/^The draft puts \d+ of \d+ customers into another band; before \d+ of \d+ departures it said at risk, in place of \d+(, \d+ days (earlier|later) in the median)?; false alarms in 30 days: .*; who leaves is ranked .* for sure\.$/);
    expect(page).toContain(`<title>${say} · Touchline</title>`);
    expect(page.match(/<svg /g)!.length).toBe(page.match(/<desc /g)!.length);
    expect([churns.length > 5, movers.length > 5, page.includes('2 customers left out')]).toEqual([true, true, true]);
    for (const { say: why } of movers) expect(page).toContain(why);
  });

  it('escapes what comes from outside', () => {
    const [mover, ...others] = tried.simulation.movers;
    const text = simulationPage({ ...tried, simulation: { ...tried.simulation, movers: [{ ...mover!, name: '<script>alert(1)</script>' }, ...others] } });
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain('<script>');
  });

  it('says so where there is nobody', () => {
    const nobody = simulationPage(triedCard(0));
    expect(nobody).toContain('nobody left in this time, so nothing shows which warns better');
    expect(nobody).toContain('Nobody left in this time.');
    expect(nobody).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('draws no number that is none', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });
});
