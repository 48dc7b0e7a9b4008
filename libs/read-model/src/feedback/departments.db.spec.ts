import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getDepartments } from './get-departments.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
const step = (name: string, feedback: string, department: string, more: object = {}) => [`feedback.${name}`, { feedback, department, ...more }] as [string, Record<string, unknown>];

beforeAll(async () => {
  house = await openReadModel();
  await house.tell('north', ['customer.registered', { name: 'Nordlicht' }],
    step('routed', 'F-1', 'product'), step('answered', 'F-1', 'product'),
    step('routed', 'F-2', 'product'), step('declined', 'F-2', 'product', { reason: 'not-ours' }),
    step('routed', 'F-3', 'product'), step('accepted', 'F-3', 'product'), step('declined', 'F-3', 'product', { reason: 'too-dear' }),
    step('routed', 'F-4', 'product'), step('routed', 'F-4', 'billing'));
}, 60_000);
afterAll(() => house.close());

describe('Departments', () => {
  it('wait only for what is still theirs: what they declined or sent on is in figures of its own', async () => {
    const { departments } = await getDepartments(house.model(), { tenant });
    const [billing, product] = departments;
    expect(product).toMatchObject({
      id: 'product', routed: 4, open: 0, answered: 1, declined: 2, movedOn: 1,
      toAccept: { waiting: 0, mean: { n: 2 }, median: expect.any(Number), p90: expect.any(Number) }, toAnswer: { waiting: 0, mean: { n: 1 }, median: expect.any(Number), p90: expect.any(Number) },
    });
    expect(billing).toMatchObject({ id: 'billing', routed: 1, open: 1, unaccepted: 1, toAccept: { waiting: 1, median: null }, toAnswer: { waiting: 1, median: null } });
  });
});
