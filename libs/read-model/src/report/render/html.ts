import { createHash } from 'node:crypto';
import { type Block, figureWords, type Report, type ReportFigure, type TableBlock } from '#insight';
import type { Charts } from './charts.js';
import { isShort, moreSays, notesOf, standsOn } from './notes.js';
import { REPORT_STYLE } from './style.js';

/** What a page of a report may load: its own style, and nothing else. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}'; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (words: string): string => words.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** The report as one file for screens from 360 pixels on and for paper (A4), with nothing to load. */
export function reportHtml(report: Report, charts: Charts): string {
  const { title, pages } = report;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${REPORT_STYLE}</style></head>
<body><header><h1>${escaped(title)}</h1><p class="quiet">${escaped(standsOn(report))}</p>
<nav aria-label="Pages">${pages.map(({ id, title: name }) => `<a href="#${id}">${escaped(name)}</a>`).join(' ')}</nav></header>
<main>
${pages.map(({ id, title: name, blocks }) => `<section id="${id}" aria-labelledby="h-${id}"><h2 id="h-${id}">${escaped(name)}</h2>
${grouped(blocks).map((group) => (Array.isArray(group) ? `<div class="outcomes">${group.map((block) => blockHtml(report, block, charts)).join('\n')}</div>` : blockHtml(report, group, charts))).join('\n')}
</section>`).join('\n')}
</main></body></html>
`;
}

/** Outcomes that follow each other stand side by side. */
function grouped(blocks: readonly Block[]): (Block | Block[])[] {
  const groups: (Block | Block[])[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.kind !== 'outcome') groups.push(block);
    else if (Array.isArray(last)) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function blockHtml(report: Report, block: Block, charts: Charts): string {
  switch (block.kind) {
    case 'heading': return `<h${block.level + 1}>${escaped(block.text)}</h${block.level + 1}>`;
    case 'sentence': return `<p${block.quiet ? ' class="quiet"' : ''}>${escaped(block.text)}</p>`;
    case 'outcome': return `<article class="outcome"><h3>${escaped(block.outcome)}</h3>${block.figures.map((figure) => figureHtml(report, figure, 'headline')).join('')}${block.beside.map((figure) => figureHtml(report, figure, 'beside')).join('')}</article>`;
    case 'figure': return `<div class="single">${figureHtml(report, block.figure, 'headline')}</div>`;
    case 'table': return tableHtml(block);
    case 'chart': return `<figure><figcaption>${escaped(block.title)}</figcaption><div role="img" tabindex="0" aria-label="${escaped(`${block.title}. ${block.alt}.`)}">${(charts.get(block) ?? '').replace('<svg ', '<svg aria-hidden="true" ')}</div><p class="quiet">${escaped(block.alt)}.</p></figure>`;
  }
}

/** Its link has all that the report stands on, so that it opens the same number later. */
function figureHtml({ period, segment, position, asOf, knownAt }: Report, figure: ReportFigure, as: string): string {
  const { id, label, value, opens } = figure;
  const link = `/v1/reports/strategic/figures/${id}?${new URLSearchParams({ period, ...(segment !== null && { segment }), position, asOf, knownAt }).toString()}`;
  return `<div class="${as}${value === null ? ' missing' : ''}"><span class="label">${escaped(label)}</span> <strong>${value !== null && opens ? `<a href="${escaped(link)}">${escaped(figureWords(figure))}</a>` : escaped(figureWords(figure))}</strong><span class="notes">${notesOf(figure).map((note) => `<span>${escaped(note)}</span>`).join(' · ')}</span></div>`;
}

const classOf = (names: readonly string[]): string => (names.length === 0 ? '' : ` class="${names.join(' ')}"`);

function tableHtml({ title, columns, rows, more, none }: TableBlock): string {
  if (rows.length === 0) return `<p><b>${escaped(title)}:</b> ${escaped(none)}</p>`;
  return `<div class="wide"><table><caption>${escaped(title)}</caption><thead><tr>${columns.map(({ name, isNumber }) => `<th scope="col"${isNumber ? ' class="number"' : ''}>${escaped(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((cells) => `<tr>${cells.map(({ text }, place) => `<td data-name="${escaped(columns[place]!.name)}"${classOf([...(columns[place]!.isNumber ? ['number'] : []), ...(isShort(text) ? ['short'] : [])])}>${escaped(text)}</td>`).join('')}</tr>`).join('\n')}</tbody></table>${more > 0 ? `<p class="quiet">${moreSays(more)}</p>` : ''}</div>`;
}
