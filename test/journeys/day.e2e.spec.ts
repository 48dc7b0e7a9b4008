import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { story } from '../../apps/api/src/pages/testing/story.js';
import { type HouseWithBrowser, houseWithBrowser } from './testing/house-with-browser.js';

describe("A customer success manager's day, by pages without scripts", () => {
  let house: HouseWithBrowser;
  let key: string;

  beforeAll(async () => {
    house = await houseWithBrowser('day', story(new Date()));
    key = await house.key('csm', 'anna');
  }, 90_000);
  afterAll(() => house.stop(), 60_000);

  const card = (page: Page) => page.getByRole('article').filter({ hasText: 'Tern & Sons' });

  it('sets a task on a customer, finds it in the list of the day beside the call, puts it off, and does another', async () => {
    const page = await house.signIn(await house.browser.newContext({ javaScriptEnabled: false }), key, '/customers/tern');
    expect(await page.getByText('No goal of the customer has been recorded').isVisible()).toBe(true);
    const set = async (what: string) => {
      await page.getByText('Set a task', { exact: true }).click();
      await page.getByLabel('What is to be done, without names of persons').fill(what);
      await page.getByRole('button', { name: 'Set the task' }).click();
      expect(await page.getByRole('status').first().textContent()).toContain('Noted. The task stands here');
    };
    await set('Send the offer <b>');
    await set('Look at the bill');
    expect(await page.getByText('Send the offer <b>', { exact: true }).first().isVisible()).toBe(true);

    await page.goto(`${house.url}/`);
    expect(await card(page).count()).toBe(1);
    expect(await card(page).textContent()).toMatch(/Call Ida Tern[^]*Task: Send the offer <b>, by[^]*10 % of EUR/);
    const task = (what: string) => card(page).getByRole('listitem').filter({ hasText: `Task: ${what}` });
    await task('Send the offer').getByText('Done: Send the offer').click();
    await task('Send the offer').getByLabel('Outcome').selectOption('reached');
    await task('Send the offer').getByRole('button', { name: 'Task is done' }).click();
    expect([await page.getByRole('status').textContent(), await task('Send the offer').count(), await task('Look at the bill').count()]).toEqual(['Noted. The task is done.', 0, 1]);
    await task('Look at the bill').getByText('Snooze: Look at the bill').click();
    await task('Look at the bill').getByRole('button', { name: 'Put the task off' }).click();
    expect([await page.getByRole('status').textContent(), await task('Look at the bill').count(), await card(page).count()]).toEqual(['Noted. The task comes back on the day you gave.', 0, 1]);

    await page.goto(`${house.url}/customers/tern`);
    // Of their bad answer; the worker opens it in its own time.
    while (await page.getByText(/^Recovery R-/).count() === 0) await page.reload();
    expect(await page.getByText('put off until').isVisible()).toBe(true);
    await page.getByText('Drop: Look at the bill').click();
    await page.getByLabel('Why', { exact: true }).fill('Not needed');
    await page.getByRole('button', { name: 'Drop the task' }).click();
    expect(await page.getByText(/^Recovery R-/).isVisible()).toBe(true);
    expect(await page.getByText('Noted. The task is dropped.').isVisible()).toBe(true);
  }, 60_000);

  it('fits a phone and a desk', async () => {
    const page = await house.signIn(await house.browser.newContext(), key, '/customers/tern');
    await page.getByText('Set a task', { exact: true }).click();
    await page.getByLabel('What is to be done, without names of persons').fill('A task with a rather long description that has to break somewhere on a narrow screen');
    await page.getByRole('button', { name: 'Set the task' }).click();
    await house.look(page, 'customer');
    await page.goto(`${house.url}/`);
    await house.look(page, 'today');
  }, 60_000);
});
