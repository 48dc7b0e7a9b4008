import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { story } from '../../apps/api/src/pages/testing/story.js';
import { eventually } from '../support/read-models.js';
import { type HouseWithBrowser, houseWithBrowser } from './testing/house-with-browser.js';

describe('A person who makes something good, with a browser that runs no scripts', () => {
  let house: HouseWithBrowser;
  let key: string;
  let count = 0;

  beforeAll(async () => {
    house = await houseWithBrowser('recovery', story(new Date()));
    key = await house.key('csm', 'anna');
  }, 90_000);
  afterAll(() => house.stop(), 60_000);

  const answer = (survey: string, score: number, verbatim: string) => house.ask('POST', '/v1/events', [{
    id: `answer-${++count}`, source: 'survey-tool', type: 'survey.responded', customer: 'heron', data: { survey, instrument: { kind: 'csat', min: 1, max: 5 }, score, contact: 'heron-cio', ticket: 'T-77', verbatim },
  }]);
  const recoveries = async () => ((await (await house.ask('GET', '/v1/recoveries?owner=all&state=all&customer=heron')).json()) as { recoveries: unknown }).recoveries as { id: string; state: string; proof: { fix: string } | null }[];

  it('reads a bad answer, goes through every step, closes, is disproved, makes it good again, and the next answer proves it', async () => {
    const context = await house.browser.newContext({ javaScriptEnabled: false });
    await answer('C-1', 1, 'Three days <b>without</b> labels & nobody rang.');
    await eventually(async () => (await recoveries()).length === 1);

    const page = await house.signIn(context, key, '/recoveries?owner=all');
    const card = page.getByRole('article').filter({ hasText: 'Heron Clinics' });
    expect(await card.textContent()).toMatch(/An answer below the bar[^]*looked after by ben[^]*Answered 1 on a scale from 1 to 5[^]*First look[^]*0 min of 4 h used[^]*First contact[^]*Close/);
    await house.look(page, 'recoveries');
    await card.getByRole('link', { name: 'Heron Clinics' }).click();
    expect(await page.getByText('Three days <b>without</b> labels & nobody rang.').count()).toBe(2);
    expect(await page.getByText('To be closed it needs a talk with the customer, a cause, a prevention, or why there is none.').count()).toBe(1);
    await house.look(page, 'recovery');

    const noted = async (button: string, words: RegExp) => {
      await page.getByRole('button', { name: button }).click();
      expect(await page.getByRole('status').textContent()).toMatch(words);
    };
    const goThrough = async (said: string) => {
      await page.getByLabel('With whom').selectOption({ label: 'Mei Heron' });
      await page.getByLabel('What was said (optional)').fill(said);
      await noted('We have talked', /contacted/);
      await page.getByLabel('Cause, as a short key that others share').fill('print-server');
      await noted('This is the cause', /the cause/);
      await page.getByLabel('What is done so that it does not come back').fill('A second server & an alarm');
      await noted('Note it', /Noted/);
      await noted('Close the recovery', /Closed/);
    };
    await noted('I have looked at it', /first look/);
    await goThrough('She <needs> labels by six');
    expect(await page.locator('main').textContent()).toMatch(/Closed[^]*Cause[^]*print-server[^]*She <needs> labels by six[^]*A second server & an alarm/);
    await house.look(page, 'recovery-closed');

    await answer('C-2', 2, 'It is back.');
    await eventually(async () => (await recoveries())[0]!.state === 'open');
    expect(await recoveries()).toHaveLength(1);
    await page.reload();
    expect(await page.locator('main').textContent()).toMatch(/Open again[^]*opened again 1 time[^]*No, said the answer of[^]*It is back\./);
    await goThrough('Sorry again');

    await answer('C-3', 5, 'Now it prints. Thank you!');
    await eventually(async () => (await recoveries())[0]!.proof?.fix === 'confirmed');
    await page.reload();
    expect(await page.locator('main').textContent()).toMatch(/Closed, and it worked[^]*Yes, said the answer of[^]*an answer proved a recovery/);

    await page.getByRole('link', { name: 'Recoveries', exact: true }).click();
    await page.getByText('Open one by hand').click();
    await page.getByLabel('Customer (name, our id, or system:id)').fill('tern & sons <logistics>');
    await page.getByLabel('What went wrong').fill('Their director rang');
    await page.getByRole('button', { name: 'Open the recovery' }).click();
    expect(await page.locator('main').textContent()).toMatch(/opened by hand[^]*Looked after by[^]*anna[^]*Their director rang/);
    await context.close();
  }, 120_000);

  it('is told when somebody else was faster', async () => {
    const context = await house.browser.newContext({ javaScriptEnabled: false });
    const [mine, theirs] = [await house.signIn(context, key, '/recoveries'), await context.newPage()];
    for (const page of [mine, theirs]) {
      await page.goto(`${house.url}/recoveries?owner=all`);
      await page.getByRole('article').filter({ hasText: 'Tern' }).filter({ hasText: 'Opened by hand' }).getByRole('link').click();
      await page.getByText('Give it to somebody else').click();
      await page.getByLabel('Who looks after it from now on').fill('mara');
    }
    await theirs.getByRole('button', { name: 'Hand it over' }).click();
    await theirs.getByRole('status').waitFor();
    await mine.getByRole('button', { name: 'Hand it over' }).click();
    expect(await mine.getByRole('heading', { level: 1 }).textContent()).toBe('Somebody else has changed the recovery');
    await context.close();
  }, 60_000);
});
