import { describe, expect, it } from '@jest/globals';
import { ROLES, rolesOf } from './roles.js';

describe('Roles', () => {
  it('are all, each of which does what it can, or those that are named', () => {
    expect(rolesOf({ roles: ['all'] })).toBe(ROLES);
    expect(rolesOf({ roles: ['projections', 'webhooks'], masterKey: 'k' })).toEqual(['projections', 'webhooks']);
  });

  it('that there are not are refused', () => {
    expect(() => rolesOf({ roles: ['projections', 'juggling'] })).toThrow('TOUCHLINE_ROLES names juggling: there is no such role.');
  });

  it.each([
    ['webhooks', { kafkaUrl: 'kafka://k:9092' }, 'TOUCHLINE_MASTER_KEY'],
    ['kafka-out', { masterKey: 'k' }, 'KAFKA_URL'],
    ['kafka-in', { masterKey: 'k' }, 'KAFKA_URL'],
    ['kafka-in', {}, 'KAFKA_URL and TOUCHLINE_MASTER_KEY'],
  ])('that are named and cannot work are refused: %s with %j', (role, settings, lacking) => {
    expect(() => rolesOf({ roles: ['projections', role], ...settings })).toThrow(`TOUCHLINE_ROLES names ${role}, which can do nothing without ${lacking}.`);
  });
});
