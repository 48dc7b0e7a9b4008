import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { KeyRing, parseMasterKey, unseal } from '#event-store';
import { eventually } from '../support/read-models.js';
import { masterKey, openHouseThatMails, tenant } from './testing/house.js';
import { withBrowser } from './testing/house-with-browser.js';

const openAsking = async () => withBrowser('asking', await openHouseThatMails());

describe('A customer is asked', () => {
  let house: Awaited<ReturnType<typeof openAsking>>;
  let person = 0;

  beforeAll(async () => {
    house = await openAsking();
    await house.post('/v1/survey-programs', { program: 'after-ticket', instrument: 'xla', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail' });
  }, 90_000);
  afterAll(async () => {
    await house.stop();
    expect(house.warnings).toEqual([]);
  }, 60_000);
  beforeEach(() => { house.mails.mails.length = 0; });

  const fact = (id: string, type: string, data: object, time = new Date()) => ({ id, source: 'helpdesk', type, time: time.toISOString(), customer: 'otter', data });
  /** Somebody new has a ticket solved. */
  const solve = async (): Promise<string> => {
    const n = (person += 1);
    const contact = `p-${n}`;
    await house.post('/v1/events', [
      fact(`a${n}`, 'contact.added', { contact, name: `Ann ${n}`, role: 'both', email: `ann${n}@otter.example` }), fact(`o${n}`, 'ticket.opened', { ticket: `T-${n}`, contact }), fact(`r${n}`, 'ticket.resolved', { ticket: `T-${n}` }),
    ]);
    return contact;
  };
  const surveysOf = async (contact: string) => (await house.store.readStream({ tenant, category: 'customer', id: 'otter' })).filter(({ type, data }) => type.startsWith('survey.') && data['contact'] === contact);
  const typesOf = async (contact: string) => (await surveysOf(contact)).map(({ type }) => type.slice(7));
  const linksIn = ({ source }: { source: string }) => [...new Set(source.replaceAll('=\r\n', '').replaceAll('=3D', '=').match(/http:\/\/127[^\s"<]+/g))];
  const mailed = async () => {
    await eventually(async () => house.mails.mails.length > 0);
    return linksIn(house.mails.mails[0]!);
  };

  it('by mail after a ticket; scanners that open every link, look ahead or send what they like answer nothing; a person answers once', async () => {
    const contact = await solve();
    const links = await mailed();
    expect(links).toHaveLength(12);
    for (const link of links) {
      for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method, headers: { 'sec-purpose': 'prefetch' } })).status).toBe(200);
      for (const method of ['PUT', 'DELETE', 'OPTIONS']) expect((await fetch(link, { method })).status).not.toBe(200);
    }
    const [page] = links as [string];
    const send = (path: string, form: Record<string, string>) => fetch(path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
    for (const form of [{}, { score: '11' }, { score: '-1' }, { score: '' }, { score: '3.5' }, { score: '3', lostMinutes: 'many' }] as Record<string, string>[]) expect((await send(page, form)).status).toBe(422);
    expect((await fetch(page, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"score":"3"}' })).status).toBe(415);
    expect(await typesOf(contact)).toEqual(['requested', 'sent']);
    const many = await Promise.all(['3', '4', '5', '6'].map((score) => send(page, { score })));
    expect(many.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(await typesOf(contact)).toEqual(['requested', 'sent', 'responded']);
    const [, , answer] = await surveysOf(contact);
    expect(answer!.data).toMatchObject({ contact, ticket: `T-${person}`, role: 'payer', subject: 'service', instrument: { id: 'xla', version: 1, bar: 7 } });
    await send(page, { score: '9' });
    for (let twice = 0; twice < 2; twice++) await send(`${page}/comment`, { comment: `Words ${twice}`, contact: 'yes' });
    expect(await typesOf(contact)).toEqual(['requested', 'sent', 'responded', 'response-revised']);
    expect(await (await fetch(page)).text()).toContain('Your answer and your words have been recorded');
    expect(house.mails.mails).toHaveLength(1);
  }, 60_000);

  it('on a page that works on a phone, with the keyboard alone and without scripts, and says who can be understood by a screen reader what each answer means', async () => {
    const contact = await solve();
    const links = await mailed();
    const context = await house.browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    const look = async (name: string) => { await page.screenshot({ path: join(house.pictures, `${name}.png`), fullPage: true }); };
    await page.goto(links.find((link) => link.endsWith('score=3'))!);
    const group = page.getByRole('group', { name: 'From 0, not at all, to 10, perfectly' });
    expect(await group.getByRole('radio').count()).toBe(11);
    expect(await group.getByRole('radio', { name: '3' }).isChecked()).toBe(true);
    expect(await group.getByRole('radio', { name: '10 Perfectly' }).count()).toBe(1);
    for (const box of await Promise.all((await group.getByRole('radio').all()).map((radio) => radio.boundingBox()))) expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44);
    await look('question');
    await tabTo(page, 'radio');
    await page.keyboard.press('ArrowRight');
    expect(await group.getByRole('radio', { name: '4' }).isChecked()).toBe(true);
    expect(await page.locator('.scale input:focus-visible + span').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.type('45');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await look('thanks');
    await page.getByLabel('What cost you time?').fill('The printer, again');
    await page.getByLabel('Please contact me about it').check();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('your words have been recorded').waitFor();
    await context.close();
    const [, , answer, revised] = await surveysOf(contact);
    expect(answer!.data).toMatchObject({ score: 4, lostMinutes: 45 });
    const keys = new KeyRing(house.database, parseMasterKey(masterKey));
    const [open] = await house.database.statements((sql) => unseal(keys, sql, tenant, [revised!]));
    expect(open!.data).toMatchObject({ score: 4, lostMinutes: 45, verbatim: 'The printer, again', wantsContact: true });
  }, 60_000);

  it('by a link that says nothing about anybody; one that was altered, or made up, leads nowhere and makes nothing', async () => {
    await solve();
    const [link] = await mailed();
    expect(Buffer.from(link!.split('/s/')[1]!.split('.')[0]!, 'base64url').toString()).toMatch(/^\["acme","otter","[\w-]{16}",\d{10}\]$/);
    const forged = `${Buffer.from('["nobody","otter","V-1",9999999999]').toString('base64url')}.${'A'.repeat(22)}`;
    const keysBefore = await house.database.statements((sql) => sql.query('select count(*) from subject_key'));
    for (const path of [`${link!.slice(0, -1)}${link!.endsWith('A') ? 'B' : 'A'}`, `${house.url}/s/x`, `${house.url}/s/${forged}`, `${house.url}/s/${'a'.repeat(250)}`]) {
      for (const method of ['GET', 'POST']) {
        const response = await fetch(path, { method, ...(method === 'POST' && { body: new URLSearchParams({ score: '3' }) }) });
        expect([path, response.status, (await response.text()).includes('There is nothing here')]).toEqual([path, 404, true]);
      }
    }
    expect(await house.database.statements((sql) => sql.query('select count(*) from subject_key'))).toEqual(keysBefore);
  }, 60_000);

  it('not again: not when the worker starts anew, nor for a year of history that is told now', async () => {
    const before = await house.database.statements((sql) => sql.query(`select count(*) from log where type in ('survey.requested', 'survey.sent', 'survey.suppressed')`));
    const year = Array.from({ length: 52 }, (_, week) => {
      const time = new Date(Date.now() - (week + 2) * 7 * 86_400_000);
      return [fact(`ho${week}`, 'ticket.opened', { ticket: `H-${week}`, contact: `p-${1 + (week % person)}` }, time), fact(`hr${week}`, 'ticket.resolved', { ticket: `H-${week}` }, time)];
    }).flat();
    await house.post('/v1/events', year);
    await house.restart();
    await eventually(async () => (await house.database.statements((sql) => sql.query(`select from reaction where position < (select max(position) from log where type like 'ticket.%')`))).length === 0);
    await eventually(async () => (await house.database.statements((sql) => sql.query(`select from agenda where at <= now() + interval '1 day' and reaction in ('asking', 'survey-delivery')`))).length === 0);
    expect(house.mails.mails).toEqual([]);
    expect(await house.database.statements((sql) => sql.query(`select count(*) from log where type in ('survey.requested', 'survey.sent', 'survey.suppressed')`))).toEqual(before);
  }, 60_000);
});

async function tabTo(page: Page, type: string): Promise<void> {
  for (let presses = 0; presses < 10; presses++) {
    await page.keyboard.press('Tab');
    if (await page.locator(`input[type=${type}]:focus`).count() > 0) return;
  }
  throw new Error(`The keyboard leads to no ${type}`);
}
