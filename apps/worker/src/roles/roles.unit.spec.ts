import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { variables } from '#startup';
import { refuseArguments, ROLES, rolesOf } from './roles.js';

describe('Roles', () => {
  it('are all, each of which does what it can, or those that are named', () => {
    expect(rolesOf({ roles: ['all'] })).toBe(ROLES);
    expect(rolesOf({ roles: ['projections', 'webhooks'], masterKey: 'k' })).toEqual(['projections', 'webhooks']);
  });

  it('that there are not are refused', () => {
    expect(() => rolesOf({ roles: ['projections', 'juggling'] })).toThrow('TOUCHLINE_ROLES names juggling: there is no such role.');
  });

  it('stand in the description of the setting, and in the page about services, with what each does', () => {
    expect(variables.ROLES.description.split(': ').at(-1)!.split(', ')).toEqual([...ROLES]);
    const page = readFileSync(new URL('../../../../infra/compose/README.md', import.meta.url), 'utf8').split('## More workers, and roles')[1]!.split('\n## ')[0]!;
    expect([...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, role]) => role).sort()).toEqual([...ROLES].sort());
  });

  it('are no arguments, which are refused with where they are set', () => {
    refuseArguments([]);
    expect(() => refuseArguments(['--roles', 'webhooks'])).toThrow(`A worker takes no arguments, and was given --roles webhooks. What it does is said by TOUCHLINE_ROLES: all, or some of ${ROLES.join(', ')}.`);
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
