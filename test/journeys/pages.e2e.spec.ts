import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { story } from '../../apps/api/src/pages/testing/story.js';
import { type HouseWithBrowser, houseWithBrowser } from './testing/house-with-browser.js';

describe('A person with a browser', () => {
  let house: HouseWithBrowser;
  let key: string;

  beforeAll(async () => {
    house = await houseWithBrowser('pages', story(new Date()));
    key = await house.key('csm', 'anna');
  }, 90_000);
  afterAll(() => house.stop(), 60_000);

  it('signs in, sees whom to call, reads why, calls, and need not call again', async () => {
    const context = await house.browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });

    await page.goto(`${house.url}/portfolio?owner=all`);
    await house.look(page, 'login');
    await page.getByLabel('Your API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(new URL(page.url()).pathname).toBe('/portfolio');
    await house.look(page, 'portfolio');

    await page.getByRole('link', { name: 'Today' }).click();
    const card = page.getByRole('article').filter({ hasText: 'Tern & Sons' });
    expect(await card.textContent()).toMatch(/Call Ida Tern[^]*Why now[^]*What to say/);
    await house.look(page, 'today');

    await card.getByRole('link', { name: 'Tern & Sons <Logistics>' }).click();
    expect(await page.getByRole('img', { name: 'Score over time' }).isVisible()).toBe(true);
    await house.look(page, 'customer');
    await page.getByLabel('Kind of touch').selectOption('survey');
    await page.locator('form', { has: page.getByLabel('Kind of touch') }).getByRole('button').click();
    expect(await page.locator('.timeline > li').count()).toBe(2);

    await page.getByText('Set the score by hand').click();
    await house.look(page, 'override');
    await page.getByLabel('Score, 0 to 100').fill('88.5');
    await page.getByLabel('Why (no names of persons)').fill('They <promised> to stay & grow');
    await page.getByRole('button', { name: 'Set the score' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.locator('main').textContent()).toMatch(/Healthy · 88\.5[^]*Overridden to 88\.5 until .* by anna[^]*They <promised> to stay & grow[^]*Computed is At risk · \d/);
    await house.look(page, 'overridden');
    await page.getByText('Clear the score that was set').click();
    await page.getByLabel('Why (no names of persons)').last().fill('They think again');
    await page.getByRole('button', { name: 'Clear it' }).click();
    await page.getByText('The computed score counts again').waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/Overridden/);

    await page.getByRole('link', { name: 'Customers', exact: true }).click();
    await page.getByRole('link', { name: 'All', exact: true }).click();
    await page.goto(`${house.url}/customers?owner=all`);
    await house.look(page, 'customers');

    await page.getByRole('link', { name: 'Today' }).click();
    await card.getByText('Done with').click();
    await house.look(page, 'done');
    await card.getByLabel('Note (optional)').first().fill('Promised a visit <tomorrow> & she is calmer');
    await card.getByRole('button', { name: 'Mark as done' }).click();
    await page.getByRole('status').waitFor();
    // Called; what else is to be done for them stays.
    expect(await card.getByText('Done with').count()).toBe(0);
    await page.goto(`${house.url}/?owner=nobody`);
    expect(await page.getByText('Nobody to call on this list').isVisible()).toBe(true);
    await house.look(page, 'empty');

    await page.goto(`${house.url}/customers/nobody`);
    await house.look(page, 'error');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(`${house.url}/`);
    expect(new URL(page.url()).pathname).toBe('/login');
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await context.close();
  }, 90_000);

  it('gets along with the keyboard alone and without scripts', async () => {
    const context = await house.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${house.url}/customers?owner=all`);
    await page.locator('input[name=key]:focus').waitFor();
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Customers', exact: true }).waitFor();
    await page.waitForLoadState();
    await page.keyboard.press('Tab');
    await page.locator('a[href="#main"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((to) => to.hash === '#main');
    await context.close();
  }, 60_000);
});
