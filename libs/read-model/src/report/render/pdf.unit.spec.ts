import { describe, expect, it } from '@jest/globals';
import { accountOf, bookOf, companySaid, composeReport, dateOfDay, dayCounter, figuresIn, figureWords, priorChurnModel, quarterAfter, quarterOf, type Report, type ReportWindow, spreadWords, takesThePlaceOf, usualRevenuePolicy, valueWords } from '#insight';
import type { JourneyEvent } from '#journey';
import { finish } from '../../../../insight/src/churn/models/steps.js';
import { drawCharts } from './charts.js';
import { reportCsv } from './csv.js';
import { reportHtml } from './html.js';
import { makePdf, pdfDocument, reportPdf } from './pdf.js';

const quarter = quarterOf('2025-Q3')!;
const close = (day: number) => ({ day, at: `${dateOfDay(day)}T23:59:59.999Z` });
const window: ReportWindow = {
  closes: Array.from({ length: 6 }, (_, back) => close(quarterAfter(quarter, -back).to)), asOf: close(quarter.to).at, knownAt: '2026-01-01T00:00:00.000Z', aheadTo: quarterAfter(quarter, 2).to, model: priorChurnModel,
  models: Array.from({ length: 4 }, () => priorChurnModel), calendar: { dayOf: dayCounter('UTC'), startOf: (day) => `${dateOfDay(day)}T00:00:00.000Z` },
};
let n = 0;
const fact = (type: string, day: string, data: Record<string, unknown>): JourneyEvent => {
  n += 1;
  const at = `${day}T12:00:00.000Z`;
  return { position: `1.${n}`, stream: { tenant: 'a', category: 'customer', id: 'c' }, revision: n, type, version: type === 'survey.responded' ? 2 : 1, source: 's', id: `e${n}`, occurredAt: at, observedAt: at, recordedAt: at, witnessed: true, actor: { kind: 'person', id: 'mara' }, data };
};
const started = (subscription: string, day: string, amount: number, more: object = {}) => fact('subscription.started', day, { subscription, recurring: { amount, currency: 'EUR' }, interval: 'year', ...more });

function reportOf(stories: Readonly<Record<string, readonly JourneyEvent[]>>): Report {
  const accounts = Object.entries(stories).flatMap(([customer, events]) => accountOf(customer, events, window) ?? []);
  const book = finish(bookOf({ quarter, segment: null, window, company: companySaid([]), policy: usualRevenuePolicy, rates: { currency: 'EUR', rates: {}, event: null }, accounts }));
  return finish(composeReport(book, { position: '1.9', held: 0, isOver: true }));
}
const some = () => takesThePlaceOf(reportOf({
  a: [fact('customer.registered', '2024-01-01', { name: 'Nordlicht <&> Söhne' }), started('S1', '2024-01-01', 1_234_567, { renewsOn: '2025-12-31', termMonths: 24 }), fact('ticket.opened', '2025-08-20', { ticket: 'T1', category: 'printing', priority: 'urgent' })],
  b: [started('S2', '2024-01-01', 600_000), fact('subscription.ended', '2025-08-01', { subscription: 'S2', reason: 'voluntary' }), fact('survey.responded', '2025-08-02', { survey: 'V1', instrument: { kind: 'nps', min: 0, max: 10 }, score: 3, contact: 'p' })],
  c: [fact('subscription.started', '2025-08-01', { subscription: 'S3', recurring: { amount: 5_000, currency: 'USD' }, interval: 'year' })],
}), { report: '2025-Q3-1', at: '2025-10-05T06:00:00.000Z', figures: 'f'.repeat(64), restated: [{ figure: 'revenue', label: 'ARR', was: 1_234_613, is: 1_234_567, say: '', facts: [{ source: 's', id: 'late' }] }], why: null });

/** Every text of the sheets, in their order; what is drawn is there as SVG. */
function textsIn(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (Array.isArray(content)) return content.flatMap(textsIn);
  if (typeof content !== 'object' || content === null) return [];
  const { text, stack, table, content: inner } = content as Record<string, unknown>;
  return [text, stack, (table as { body?: unknown } | undefined)?.body, inner].flatMap(textsIn);
}

/** How wide the columns of each table became. */
function widthsIn(content: unknown): [{ _calcWidth: number }, ...{ _calcWidth: number }[]][] {
  if (Array.isArray(content)) return content.flatMap(widthsIn);
  if (typeof content !== 'object' || content === null) return [];
  const { stack, table, content: inner } = content as { stack?: unknown; table?: { widths: [{ _calcWidth: number }] }; content?: unknown };
  return [...(table ? [table.widths] : []), ...[stack, inner].flatMap(widthsIn)];
}

/** All that a report says, from its JSON alone. */
const saysIn = (report: Report): string[] => report.pages.flatMap(({ title, blocks }) => [title, ...blocks.flatMap((block) => {
  switch (block.kind) {
    case 'heading': case 'sentence': return [block.text];
    case 'outcome': return [block.outcome];
    case 'figure': return [];
    case 'chart': return [block.title, block.alt];
    case 'table': return block.rows.length === 0 ? [block.none] : [block.title, ...block.columns.map(({ name }) => name), ...block.rows.flatMap((cells) => cells.map(({ text }) => text))];
  }
})]);

describe('The PDF of a report', () => {
  it.each([['of customers', some], ['of nobody', () => reportOf({})]])('%s has the same figures, sentences, tables and charts as the JSON', async (_, make) => {
    const report = JSON.parse(JSON.stringify(make())) as Report;
    const charts = await drawCharts(report);
    const document = pdfDocument(report, charts);
    const texts = textsIn(document);
    const missing = new Set(saysIn(report));
    for (const text of texts) missing.delete(text);
    expect([...missing].filter((text) => text !== '')).toEqual([]);
    // A figure is its label, what it says, and a line of what stands beside it.
    const told = texts.flatMap((text, place) => (figuresIn(report).some(({ label }) => label === text) ? [[text, texts[place + 1]!, texts[place + 2]!] as const] : []));
    for (const figure of figuresIn(report)) {
      const { label, unit, currency, target, last, counts, value } = figure;
      const [, says, notes] = told.find((each) => each[0] === label && each[1] === figureWords(figure)) ?? [];
      expect([label, says]).toEqual([label, figureWords(figure)]);
      for (const word of [spreadWords(figure), target && valueWords(target, unit, currency), value === null ? null : `n ${figure.n} ${counts}`, last === null ? 'last quarter not measured' : null]) if (word) expect(notes).toContain(word);
    }
    expect((JSON.stringify(document).match(/<svg /g) ?? []).length).toBe(report.pages.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind === 'chart').length);
  });

  it('says what it takes the place of, in words that tell values apart, and counts one as one, like the HTML', async () => {
    const report = some();
    const texts = textsIn(pdfDocument(report, await drawCharts(report)));
    expect(texts.join('\n')).toContain(`Takes the place of 2025-Q3-1, published 2025-10-05, with the figures ${'f'.repeat(64)}.`);
    expect(texts.slice(texts.indexOf('Moved by') + 1).slice(0, 4)).toEqual(['ARR', '12,346.13 EUR', '12,345.67 EUR', 's/late']);
    const html = reportHtml(report, await drawCharts(report)).replace(/<[^>]*>/g, ' ');
    // c pays in dollars alone, of which no rate is known.
    for (const all of [texts.join('\n'), html]) {
      expect(all.replace(/ +/g, ' ')).toContain('n 1 paying customer · told of 2 of 3 customers');
      expect(all.match(/(?<![\d.,])1 (?:paying |new )?(?!(?:is|was|has|as|its|this|pays)\b)(?:[a-z]+s|people)\b/g) ?? []).toEqual([]);
    }
  });

  it('says in words of people as of when it is, and leaves no sheet half empty as another page begins', async () => {
    const report = some();
    const content = pdfDocument(report, await drawCharts(report))['content'] as { text?: string; pageBreak?: string }[];
    expect(textsIn(content).join('\n')).toContain('As of 2025-09-30 23:59 UTC, by what was known on 2026-01-01 00:00 UTC; 3 customers; amounts in EUR.');
    // The first page has a sheet of its own.
    expect(content.filter(({ pageBreak }) => pageBreak !== undefined).map(({ text }) => text)).toEqual([report.pages[1]!.title]);
    expect(reportHtml(report, await drawCharts(report))).toContain('<td data-name="Was" class="number short">12,346.13 EUR</td>');
  });

  it('has no table wider than its sheet, however long the ids of facts are', async () => {
    const cells = ['management-2026-07-12', 'the management', '2026-07-12', '128', '38', 'Why customers leave', 'touchline:demo/company:meeting:management-2026-07-12'].map((text) => ({ text, value: text }));
    const columns = ['Meeting', 'Who met', 'On', 'Minutes', 'On customers', 'Topics about customers', 'Fact'].map((name, place) => ({ name, isNumber: place === 3 || place === 4 }));
    const report: Report = { ...reportOf({}), pages: [{ id: 'p', title: 'p', blocks: [{ kind: 'table', id: 't', title: 't', columns, rows: [cells, cells.with(6, { text: `s/${'x'.repeat(120)}`, value: '' })], more: 0, none: '' }] }] };
    const document = pdfDocument(report, await drawCharts(report));
    await makePdf(document);
    const [{ _calcWidth: first }] = widthsIn(document)[0]!;
    expect(first).toBeGreaterThan(20);
    // A4 less its margins; each cell has 4 points at either side, but for the outermost.
    for (const widths of widthsIn(document)) expect(widths.reduce((sum, { _calcWidth }) => sum + _calcWidth + 8, -8)).toBeLessThanOrEqual(515.5);
  });

  it('has its first page on one sheet, also where many decisions are asked for', async () => {
    const report = some();
    const [first, ...rest] = report.pages;
    const ask = ['Win over five customers before they renew, the first on 2026-10-03', 'of 1,534,272 EUR a year that they renew, 328,972 EUR is at risk, and so on for some words', '201,453 EUR to serve them in the quarter', '1,534,272 EUR', 'renewals ahead'].map((text) => ({ text, value: text }));
    const asking = (count: number): Report => ({ ...report, pages: [{ ...first!, blocks: first!.blocks.map((block) => (block.kind === 'table' ? { ...block, rows: Array.from({ length: count }, () => ask) } : block)) }, ...rest] });
    const sheets = async (count: number) => (await reportPdf(asking(count), await drawCharts(report))).toString('latin1').match(/\/Type \/Page\b/g)!.length;
    expect(await sheets(8)).toBe(await sheets(1));
  }, 60_000);
});

it('The CSV of a report leaves no cell that a spreadsheet takes for a formula, also of full-width signs', () => {
  const names = ['\uff1dHYPERLINK(1)', '=1+1', "'=1", 'O\'Hara', '\nx'];
  const lines = reportCsv({ ...reportOf({}), pages: [{ id: 'p', title: 'p', blocks: [{ kind: 'table', id: 't', title: 't', columns: names.map((name) => ({ name, isNumber: false })), rows: [names.map((name) => ({ text: name, value: name }))], more: 0, none: '' }] }] });
  expect(lines.slice(lines.indexOf('\r\n') + 2).trim().split('\r\n').map((line) => line.split(',').slice(4, 7))).toEqual(
    ["'\uff1dHYPERLINK(1)", "'=1+1", "''=1", "O'Hara", '"\'\nx"'].map((cell) => [cell, cell, cell]));
});

it('The links of a report have all that it stands on', async () => {
  const report = some();
  const [link] = /\/v1\/reports\/strategic\/figures\/revenue\?[^"]*/.exec(reportHtml(report, await drawCharts(report)))!;
  expect(Object.fromEntries(new URL(link.replaceAll('&amp;', '&'), 'http://x').searchParams)).toEqual({ period: '2025-Q3', position: '1.9', asOf: window.asOf, knownAt: window.knownAt });
});
