import { expect, it } from '@jest/globals';
import { priorChurnModel } from '#insight';
import { firstCards } from '../scorecards/cards-in-force.js';
import { dayOfIn } from '../tenant.js';
import { TODAY, told } from '../testing/facts.js';
import { customerSteps, newState } from './customer-state.js';
import { lineOf, textOf } from './list-lines.js';

/** As PostgreSQL writes the summary of a customer: `jsonb` with its keys in another order and with blanks. */
function stored(facts: ReturnType<typeof told>): { kept: string; unsummed: string } {
  const state = newState('acme', 'c1', TODAY);
  customerSteps.refold(state, facts, firstCards.whole, dayOfIn('UTC'));
  const { summary } = customerSteps.rowOf(state, 0, firstCards, priorChurnModel) as { summary: Record<string, unknown> };
  const kept = Object.fromEntries(Object.entries(summary).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)));
  return { kept: JSON.stringify(kept, null, 1).replaceAll(/\n\s*/g, ' '), unsummed: JSON.stringify({ sheet: state.sheet, day: state.day, closeBand: state.closeBand }) };
}

const named = told([300, 'customer.registered', { name: 'Tern "&" Söhne\u2028</b>', owner: 'anna' }], [200, 'subscription.started', { subscription: 'S', recurring: { amount: 5, currency: 'EUR' }, interval: 'month' }], [2, 'ticket.opened', { ticket: 'T' }]);
const nameless = told([3, 'ticket.opened', { ticket: 'T' }]);

it.each([[named, 'f', 'f', 'active'], [named, 't', 'f', 'retracted'], [named, 'f', 'f', 'retracted'], [nameless, 'f', 't', 'active'], [nameless, 't', 't', 'active']])(
  'A line written from what is stored says what the line says that is made of it (%#)', (facts, held, isNameless, status) => {
    const { kept, unsummed } = stored(facts);
    for (const summary of [kept, unsummed]) {
      const row = ['c "1"', held, isNameless, status, summary] as const;
      for (const knownAs of ['crm:"7"', null]) expect(JSON.parse(textOf(row, knownAs))).toEqual(lineOf(row, knownAs));
    }
    expect(lineOf(['c1', held, isNameless, status, kept], 'crm:7')).toEqual(lineOf(['c1', held, isNameless, status, unsummed], 'crm:7'));
  });

it('A line keeps its summary as it is stored, but for who has nothing left that stands', () => {
  const { kept } = stored(named);
  expect(textOf(['c1', 'f', 'f', 'active', kept], null)).toBe(`{"id":"c1","knownAs":null,"held":false,${kept.slice(1)}`);
  expect(JSON.parse(textOf(['c1', 'f', 'f', 'retracted', kept], null))).toMatchObject({ status: 'retracted' });
});
