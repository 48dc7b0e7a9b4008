import { type Block, type Report, type ReportFigure } from '#insight';
import { formulaGuarded } from '../../formula-guard.js';

const HEADER = ['page', 'kind', 'block', 'row', 'name', 'value', 'text', 'unit', 'currency', 'low', 'high', 'n', 'target', 'last'];
type Line = Partial<Record<(typeof HEADER)[number], string | number | null>>;

const quoted = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = formulaGuarded(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** All figures, cells and points of a report, one to a line (RFC 4180). Money is in minor units, shares are from 0 to 1. */
export function reportCsv({ pages }: Report): string {
  const lines = pages.flatMap(({ id, blocks }) => blocks.flatMap((block) => linesOf(block).map((line): Line => ({ page: id, ...line }))));
  return [HEADER, ...lines.map((line) => HEADER.map((name) => line[name]))].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function linesOf(block: Block): Line[] {
  switch (block.kind) {
    case 'heading': return [];
    case 'sentence': return [{ kind: 'sentence', text: block.text }];
    case 'outcome': return [...block.figures, ...block.beside].map((figure) => ({ block: block.outcome, ...figureLine(figure) }));
    case 'figure': return [figureLine(block.figure)];
    case 'table': return block.rows.flatMap((cells, row) => cells.map(({ text, value }, place): Line => ({ kind: 'cell', block: block.id, row: row + 1, name: block.columns[place]!.name, value, text })));
    case 'chart': return block.marks.map(({ name, part, value, low, high, label }): Line => ({ kind: 'point', block: block.id, name: part === undefined ? name : `${name}, ${part}`, value, text: label, low, high }));
  }
}

const figureLine = ({ id, value, label, unit, currency, low, high, n, target, last, missing }: ReportFigure): Line => ({ kind: 'figure', row: id, name: label, value, text: missing, unit, currency, low, high, n, target, last });
