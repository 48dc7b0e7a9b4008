import { expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { told } from '../testing/facts.js';
import { chained } from './certificate.js';

const [event] = told([1, 'ticket.opened', { ticket: 'T1' }]) as [JourneyEvent];
const full: JourneyEvent = { ...event, importId: 'history', correlationId: 'order-1', causationId: 'crm/7', traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };

/** Each field of a stored event as another value. */
const others: Required<{ [Field in keyof JourneyEvent]: JourneyEvent[Field] }> = {
  position: '1.999', stream: { ...full.stream, id: 'c2' }, revision: 9, type: 'ticket.closed', version: 7, source: 'other', id: 'e9', occurredAt: '2026-01-01T00:00:00.000Z', observedAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z', witnessed: false, actor: { kind: 'person', id: 'ben' }, importId: 'another', correlationId: 'order-2', causationId: 'crm/8', traceParent: '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-00', data: { ticket: 'T2' },
};

it.each(Object.keys(others) as (keyof JourneyEvent)[])('the digest of an event covers %s', (field) => {
  expect(chained([{ ...full, [field]: others[field] }]).chain).not.toBe(chained([full]).chain);
});

it('an event that says nothing of what it belongs to has the digest that it always had', () => {
  expect(chained([event]).chain).toBe('fa6a0edaf93910a261fedae15e4e0f27d2320a4c520b6ae13b8ab98d39a7a633');
});

it('the life of the log that a restore begins changes no digest', () => {
  expect(chained([{ ...full, position: full.position.replace(/^\d+/, '7') }])).toEqual(chained([full]));
});
