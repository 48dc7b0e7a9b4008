import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HouseWithBrowser, houseWithBrowser } from './testing/house-with-browser.js';

let n = 0;
const told = (customer: string, type: string, day: string, data: object) => ({ id: `e-${n += 1}`, source: 'crm', type, time: `${day}T12:00:00Z`, customer, data });
const yearly = (amount: number) => ({ recurring: { amount, currency: 'EUR' }, interval: 'year' });
/** Forty customers: a tenth grows, a tenth shrinks, a tenth leaves, a tenth is new in the quarter. */
const story = Array.from({ length: 40 }, (_, place) => {
  const [customer, subscription] = [`c${place}`, { subscription: `S-${place}` }];
  return [
    told(customer, 'customer.registered', '2024-01-02', { name: `Customer <${place}>`, segment: place % 2 === 0 ? 'small' : 'large' }),
    told(customer, 'subscription.started', place % 10 === 3 ? '2024-07-20' : '2024-01-05', { ...subscription, ...yearly(1_000_000 + 100_000 * place), product: place % 3 === 0 ? 'Desk' : 'Network', renewsOn: '2024-09-15', noticeDays: 30 }),
    ...(place % 10 === 0 ? [told(customer, 'subscription.changed', '2024-08-01', { ...subscription, recurring: { amount: 3_000_000 + 100_000 * place, currency: 'EUR' } })] : []),
    ...(place % 10 === 1 ? [told(customer, 'subscription.changed', '2024-08-01', { ...subscription, recurring: { amount: 400_000, currency: 'EUR' } })] : []),
    ...(place % 10 === 2 ? [told(customer, 'subscription.ended', '2024-09-01', { ...subscription, reason: 'voluntary' })] : [told(customer, 'renewal.renewed', '2024-09-10', { ...subscription, renewal: `R-${place}`, renewsOn: '2025-09-15' })]),
  ];
}).flat();

describe('The page of revenue', () => {
  let house: HouseWithBrowser;
  beforeAll(async () => { house = await houseWithBrowser('revenue', story); }, 90_000);
  afterAll(() => house.stop(), 60_000);

  it('draws the waterfall without a script, and each bar leads to its customers and their facts', async () => {
    const context = await house.browser.newContext({ javaScriptEnabled: false });
    const page = await house.signIn(context, await house.key('executive', 'rike'), '/revenue?period=2024-Q3&by=segment');
    await page.setViewportSize({ width: 1280, height: 900 });
    await house.look(page, 'revenue');
    const text = (await page.locator('main').textContent())!;
    expect(text).toMatch(/ARR fell by 0\.4 % to EUR\s1,064,000/);
    expect(text).toMatch(/Net revenue retention89\.1 %EUR\s952,000 of EUR\s1,068,000, 36 customers/);
    // No label of the drawing is cut or runs into another.
    const boxes = await page.locator('svg.waterfall text').evaluateAll((all: any[]) => all.map((each) => { const { left, right, top, bottom } = each.getBoundingClientRect(); const frame = each.ownerSVGElement.getBoundingClientRect(); return { left: left - frame.left, right: frame.right - right, top, bottom }; }));
    expect(boxes.filter(({ left, right }: any) => left < 0 || right < 0)).toEqual([]);
    const edges = await page.locator('svg.waterfall text').evaluateAll((all: any[]) => all.map((each) => each.getBoundingClientRect().toJSON()));
    expect(edges.flatMap((a: any, i: number) => edges.slice(i + 1).filter((b: any) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2).map((b: any) => [a, b]))).toEqual([]);
    await page.getByText('The same as a table').click();
    await page.getByRole('row', { name: /Churn/ }).getByRole('link', { name: 'Churn' }).first().click();
    expect(new URL(page.url()).searchParams.get('movement')).toBe('churn');
    expect(await page.getByRole('link', { name: 'Customer <2>', exact: true }).isVisible()).toBe(true);
    expect(await page.getByText('subscription.ended crm/').first().isVisible()).toBe(true);
    await house.look(page, 'revenue-churn');
    await page.getByRole('link', { name: 'Back to all of it' }).click();
    expect(new URL(page.url()).pathname).toBe('/revenue');
    await context.close();
  }, 60_000);

  it('fits a phone and a desk, also with nothing to show', async () => {
    const context = await house.browser.newContext();
    const page = await house.signIn(context, await house.key('analyst', 'ole'), '/revenue?period=2024-Q3&by=product');
    await house.look(page, 'revenue-by-product');
    await page.goto(`${house.url}/revenue?period=2023`);
    expect(await page.locator('main').textContent()).toContain('not measured: nobody paid anything recurring as the period began');
    await house.look(page, 'revenue-empty');
    await context.close();
  }, 60_000);
});
