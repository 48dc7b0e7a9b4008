import { expect, it } from '@jest/globals';
import { sayProposal } from './say-proposal.js';

it('a proposal counts departures as people do: one is no departures', () => {
  const say = (priorDepartures: number) => sayProposal({ rows: 400, departures: 21, priorDepartures, weights: [], ranking: null, verdict: 'not tried' });
  expect([1, 30].map((prior) => /as much as (.*): /.exec(say(prior))![1])).toEqual(['1 departure', '30 departures']);
});
