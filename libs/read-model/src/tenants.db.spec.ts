import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureTenant, KeyRing, generateMasterKey, parseMasterKey } from '#event-store';
import { aliasesOf } from './customers/aliases.js';
import { freezeOrder, frozenPage } from './customers/frozen-order.js';
import { getChoices } from './customers/get-choices.js';
import { customerRow, getCustomer } from './customers/get-customer.js';
import { listCustomers } from './customers/list-customers.js';
import { getHealth } from './health/get-health.js';
import { getHealthDifference } from './health/get-difference.js';
import { getHealthHistory } from './health/get-history.js';
import { getHealthStory } from './health/get-health-story.js';
import { getPortfolio } from './portfolio/get-portfolio.js';
import type { ReadModelOptions } from './reading.js';
import { openReadModel, tenant as acme } from './testing/open-read-model.js';
import { getTimeline } from './timeline/get-timeline.js';
import { getToday } from './today/get-today.js';

const globex = 'globex';
const NOW = new Date();

describe('Two tenants that call their customers the same', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let guarded: ReadModelOptions;
  let unguarded: ReadModelOptions;

  beforeAll(async () => {
    house = await openReadModel();
    await ensureTenant(house.worker, globex, 'Europe/Berlin');
    for (const tenant of [acme, globex]) {
      for (const customer of ['same', `only-${tenant}`]) {
        await house.tellIn(tenant, customer,
          ['customer.registered', { name: `${customer} of ${tenant}`, segment: tenant, owner: tenant }], ['customer.alias-added', { system: 'crm', id: tenant }], ['customer.parent-changed', { parent: 'same' }],
          ['contact.added', { contact: 'p1', name: `contact of ${tenant}`, role: 'payer', sponsor: true }],
          ['subscription.started', { subscription: 'S1', recurring: { amount: tenant === acme ? 1_000 : 9_000, currency: 'EUR' }, interval: 'month', seats: 10 }], ['subscription.cancellation-requested', { subscription: 'S1' }],
          ['usage.reported', { from: '2026-01-05', to: '2026-01-11', licensed: 10, active: 1, features: ['a'] }], ['ticket.opened', { ticket: `T-${tenant}`, subject: `subject of ${tenant}` }],
          ['ticket.escalated', { ticket: `T-${tenant}` }], ['invoice.issued', { invoice: 'I1', amount: { amount: 1, currency: 'EUR' }, dueOn: '2026-01-01' }], ['invoice.overdue', { invoice: 'I1' }],
          ['promise.made', { promise: 'P1', what: `promise of ${tenant}`, dueOn: '2026-01-01' }], ['promise.broken', { promise: 'P1' }], ['goal.set', { goal: 'G1', whose: 'customer' }], ['goal.missed', { goal: 'G1' }]);
      }
    }
    const keys = new KeyRing(house.worker, parseMasterKey(generateMasterKey()));
    guarded = { ...house.model(), keys, now: () => NOW };
    unguarded = { ...guarded, reader: house.worker };
  });
  afterAll(() => house.close());

  const customer = 'same';
  const at = NOW.toISOString();
  const questions: [title: string, ask: (model: ReadModelOptions, tenant: string) => Promise<unknown>][] = [
    ['a customer', (model, tenant) => getCustomer(model, { tenant, customer })],
    ['the list of customers', (model, tenant) => listCustomers(model, { tenant })],
    ['the list in an order that is frozen', async (model, tenant) => { const { next: _next, ...page } = await listCustomers(model, { tenant, sort: 'arr', limit: 1 }); return page; }],
    ['what a list can be narrowed to', (model, tenant) => getChoices(model, { tenant })],
    ['the timeline', (model, tenant) => getTimeline(model, { tenant, customer })],
    ['today\'s list', (model, tenant) => getToday(model, { tenant })],
    ['the portfolio', (model, tenant) => getPortfolio(model, { tenant })],
    ['health', (model, tenant) => getHealth(model, { tenant, customer })],
    ['health at a moment', (model, tenant) => getHealth(model, { tenant, customer, knownAt: at })],
    ['the history of health', (model, tenant) => getHealthHistory(model, { tenant, customer, step: 30 })],
    ['what moved health', (model, tenant) => getHealthDifference(model, { tenant, customer })],
    ['the story of health', (model, tenant) => getHealthStory(model, { tenant, customer, days: 5, movedDays: 5 })],
    ['the names that other systems have', (model, tenant) => model.reader.inTenant(tenant, async (sql) => [...await aliasesOf(sql, tenant, [customer])])],
  ];

  it.each(questions)('are told apart by the question itself, not by row-level security alone: %s', async (_title, ask) => {
    for (const [tenant, other] of [[acme, globex], [globex, acme]] as const) {
      const answer = await ask(guarded, tenant);
      expect(JSON.stringify(answer)).not.toContain(`of ${other}`);
      expect(await ask(unguarded, tenant)).toEqual(answer);
    }
  });

  it('have no customer in common that only one of them knows', async () => {
    await expect(house.worker.inTenant(globex, (sql) => customerRow(sql, globex, `only-${acme}`))).rejects.toMatchObject({ code: 'customer-unknown' });
    expect(await house.worker.inTenant(acme, (sql) => customerRow(sql, acme, `only-${acme}`))).toMatchObject({ customer: `only-${acme}` });
  });

  it('cannot page in each other\'s lists', async () => {
    const id = await freezeOrder(guarded, acme, [customer]);
    for (const model of [guarded, unguarded]) {
      await expect(frozenPage(model, globex, `${id}~0`, 50)).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'cursor' });
      expect(await frozenPage(model, acme, `${id}~0`, 50)).toMatchObject({ ids: [customer] });
    }
  });
});
