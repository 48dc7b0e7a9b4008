import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/read-models.js';
import { type HouseWithBrowser, houseWithBrowser } from './testing/house-with-browser.js';

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const csat = { kind: 'csat', min: 1, max: 5 };
const nps = { kind: 'nps', min: 0, max: 10 };
let n = 0;
const told = (customer: string, type: string, hours: number, data: object) => ({ id: `e-${n += 1}`, source: 'crm', type, time: ago(hours), customer, data });

/** Six customers; tern's tickets meet every target and leave it unhappy. */
const story = ['tern', 'gull', 'auk', 'knot', 'crake', 'ruff'].flatMap((customer, place) => [
  told(customer, 'customer.registered', 2_000, { name: `${customer} & <Sons>`, segment: place % 2 === 0 ? 'small' : 'large' }),
  told(customer, 'subscription.started', 2_000, { subscription: `S-${customer}`, recurring: { amount: 100_000 * (place + 1), currency: 'EUR' }, interval: 'month' }),
  ...Array.from({ length: 4 }, (_, turn) => [
    told(customer, 'ticket.opened', 600 - 100 * turn, { ticket: `T-${customer}-${turn}`, queue: 'Service <Desk>', category: 'printing', priority: 'high' }), told(customer, 'ticket.resolved', 590 - 100 * turn, { ticket: `T-${customer}-${turn}` }),
    told(customer, 'survey.responded', 580 - 100 * turn, { survey: `V-${customer}-${turn}`, instrument: csat, ticket: `T-${customer}-${turn}`, score: customer === 'tern' ? 1 : 5, role: 'user', ...(customer === 'tern' && { verbatim: 'We waited too long.' }) }),
  ]).flat(),
  told(customer, 'survey.responded', 100, { survey: `N-${customer}`, instrument: nps, score: 4 + place, role: 'payer' }),
]);

describe('The page of service experience', () => {
  let house: HouseWithBrowser;
  beforeAll(async () => {
    house = await houseWithBrowser('experience', story);
    const say = (path: string, body: object) => house.ask('POST', path, body);
    expect((await say('/v1/outages', { outage: 'X-1', service: 'mail', startedAt: ago(9), detectedAt: ago(8), customers: ['tern', 'gull'] })).status).toBe(201);
    expect((await say('/v1/outages/X-1/messages', { what: 'eta', eta: ago(2) })).status).toBe(201);
    await eventually(async () => (await (await house.ask('GET', '/v1/experience/outages')).json() as { figures: { cases: number; withoutEta: number } }).figures.cases === 2);
    await eventually(async () => (await (await house.ask('GET', '/v1/experience/outages')).json() as { figures: { withoutEta: number } }).figures.withoutEta === 0);
  }, 90_000);
  afterAll(() => house.stop(), 60_000);

  it('draws how it is, says the same in words, and leads to who is red inside', async () => {
    const context = await house.browser.newContext({ javaScriptEnabled: false });
    const page = await house.signIn(context, await house.key('executive', 'rike'), '/experience');
    await page.setViewportSize({ width: 1280, height: 900 });
    for (const name of ['Answers and targets over time', 'Green outside, red inside', 'Outage X-1 as customers lived through it']) expect(await page.getByRole('img', { name }).isVisible()).toBe(true);
    const text = (await page.locator('main').textContent())!;
    expect(text).toMatch(/30 answers of 30 people at 6 customers/);
    expect(text).toMatch(/Targets met 100 %, between 86 % and 100 %, of 24 tickets/);
    expect(text).toMatch(/4 of 4 kept tickets red inside/);
    expect(text).toMatch(/Waiting and speed[^]*4 mentions by 1 customer/);
    expect(text).toMatch(/first word after 8 hours/);
    expect(text).not.toContain('We waited');
    await page.getByLabel('Told apart by').selectOption('queue');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.getByRole('heading', { name: 'Service <Desk>' }).isVisible()).toBe(true);
    await page.getByText('The same as a table').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('table').first().isVisible()).toBe(true);
    await page.getByRole('link', { name: 'tern & <Sons>' }).first().click();
    expect(new URL(page.url()).pathname).toBe('/customers/tern');
    await context.close();
  }, 60_000);

  it('fits a phone and a desk, also with nothing to show', async () => {
    const context = await house.browser.newContext();
    const page = await house.signIn(context, await house.key('analyst', 'ole'), '/experience?by=segment');
    await house.look(page, 'experience');
    await page.goto(`${house.url}/experience?from=2020-01-01&to=2020-01-31`);
    expect(await page.locator('main').textContent()).toContain('There are no answers and no tickets of this time.');
    await house.look(page, 'experience-empty');
    await context.close();
  }, 60_000);
});
