import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HouseWithBrowser, houseWithBrowser } from './testing/house-with-browser.js';

const DAY_MS = 86_400_000;

/** Two customers and what they answered in the last days: one miss with words, one neutral that was read, one full of praise. */
function story(now: number): object[] {
  let n = 0;
  const of = (customer: string, daysAgo: number, type: string, data: object) => ({ id: `a-${n += 1}`, source: 'story', type, time: new Date(now - daysAgo * DAY_MS).toISOString(), customer, data });
  const csat = (survey: string, score: number, more: object) => ({ survey, instrument: { kind: 'csat', min: 1, max: 5, name: 'after-ticket' }, score, ...more });
  return [
    of('tern', 6.5, 'customer.registered', { name: 'Tern & Sons <Logistics>', segment: 'mid-market', owner: 'anna' }),
    of('tern', 6.4, 'contact.added', { contact: 'tern-it', name: 'Omar Lind', role: 'user' }),
    of('tern', 6.3, 'subscription.started', { subscription: 't-1', recurring: { amount: 450_000, currency: 'EUR' }, interval: 'month' }),
    of('tern', 6, 'ticket.opened', { ticket: 'T-9', queue: 'Workplace', subject: 'Printers stop every morning', contact: 'tern-it' }),
    of('tern', 3, 'survey.responded', csat('V-1', 2, { contact: 'tern-it', role: 'user', ticket: 'T-9', verbatim: 'Three days & nobody <b>called</b>.' })),
    of('heron', 6.5, 'customer.registered', { name: 'Heron Clinics', owner: 'ben' }),
    of('heron', 2, 'survey.responded', csat('V-2', 5, { verbatim: 'Wonderful.' })),
    of('heron', 5, 'survey.responded', csat('V-3', 4, {})),
    of('heron', 4, 'survey.response-viewed', { survey: 'V-3', viewer: 'ben', role: 'csm' }),
  ];
}

describe('A person who reads answers in a browser', () => {
  let house: HouseWithBrowser;
  beforeAll(async () => {
    house = await houseWithBrowser('answers', story(Date.now()));
    expect((await house.ask('PUT', '/v1/departments/product', { name: 'Product management', owner: 'ilka', answerWithinHours: 40 })).status).toBe(200);
  }, 90_000);
  afterAll(async () => house.stop(), 60_000);

  it('reads the queue without scripts, marks, sends on, sets aside; the department answers, and the customer is told', async () => {
    const context = await house.browser.newContext({ javaScriptEnabled: false });
    const page = await house.signIn(context, await house.key('csm', 'anna'), '/answers?owner=all');
    const queue = page.getByRole('article');
    expect(await queue.allTextContents()).toEqual([expect.stringMatching(/Tern & Sons <Logistics>[^]*unread for[^]*2, a miss[^]*Three days & nobody <b>called<\/b>\.[^]*Omar Lind[^]*Workplace/), expect.stringMatching(/Heron Clinics[^]*5, excellent/)]);
    expect(await queue.first().getByRole('img').getAttribute('aria-label')).toBe('2 on a scale from 1 to 5: a miss; below 4 is a miss');
    await house.look(page, 'queue');

    await page.getByRole('link', { name: 'Tern & Sons <Logistics>' }).first().click();
    await page.getByRole('heading', { name: 'Answer of Tern & Sons' }).waitFor();
    expect(await page.locator('main').textContent()).toMatch(/Read by anna \(csm\)/);
    await house.look(page, 'answer');
    await page.getByText('It is a complaint').click();
    await page.getByLabel('Note (optional)').first().fill('Lost three days');
    await page.getByRole('button', { name: 'Mark as a complaint' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.locator('main').textContent()).toMatch(/a complaint[^]*a survey answer was marked as a complaint[^]*Lost three days/);

    await page.getByText('Send it to a department').click();
    await page.locator('select[name=department]').selectOption('product');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('status').waitFor();
    await house.look(page, 'sent');

    await page.goto(`${house.url}/departments`);
    expect(await page.locator('section').textContent()).toMatch(/Product management[^]*ilka[^]*Open1[^]*waits to be accepted/);
    await house.look(page, 'departments');
    await page.locator('section').getByRole('link').click();
    await page.getByText('The department takes it on').click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('The department answers').click();
    await house.look(page, 'feedback');
    await page.locator('form[action$="/answer"] textarea').fill('A second printer comes on Friday.');
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByText('The customer was told').click();
    await page.getByRole('button', { name: 'Note it' }).click();
    expect(await page.locator('main').textContent()).toMatch(/Product management: the customer was told[^]*feedback was raised[^]*a department took on feedback[^]*A second printer comes on Friday/);

    await page.goto(`${house.url}/answers?owner=all&state=unread`);
    expect(await queue.count()).toBe(1);
    await page.getByRole('link', { name: 'Heron Clinics' }).first().click();
    await page.getByText('Nothing is to be done').click();
    await page.getByRole('button', { name: 'Set aside' }).click();
    await page.getByRole('status').waitFor();
    await page.goto(`${house.url}/answers?owner=all&state=acted-on`);
    expect(await page.locator('h2').allTextContents()).toEqual(['Heron Clinics', 'Tern & Sons <Logistics>']);
    await page.goto(`${house.url}/answers?owner=all`);
    expect(await page.getByText('Every answer has been read.').isVisible()).toBe(true);
    await house.look(page, 'empty');
    await context.close();
  }, 120_000);
});
