import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Block, figureWords, type Report, type ReportFigure } from '#insight';
import type { Charts } from './charts.js';
import { moreSays, notesOf, standsOn } from './notes.js';

/** What pdfmake takes. It has no types of its own. */
type Content = Record<string, unknown>;
interface PdfMake {
  setFonts(fonts: Record<string, Record<string, string>>): void;
  setLocalAccessPolicy(allow: (path: string) => boolean): void;
  setUrlAccessPolicy(allow: (url: string) => boolean): void;
  createPdf(document: Content): { getBuffer(): Promise<Buffer> };
}

const INK = '#1b1f24';
const SOFT = '#404a57';
const WIDTH = 515;

let made: PdfMake | undefined;

/** Fonts come from the package, and nothing from anywhere else. */
function pdfMake(): PdfMake {
  if (made) return made;
  const require = createRequire(import.meta.url);
  const fonts = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto');
  const found = require('pdfmake') as PdfMake;
  found.setFonts({ Roboto: { normal: join(fonts, 'Roboto-Regular.ttf'), bold: join(fonts, 'Roboto-Medium.ttf'), italics: join(fonts, 'Roboto-Italic.ttf'), bolditalics: join(fonts, 'Roboto-MediumItalic.ttf') } });
  found.setLocalAccessPolicy((path) => path.startsWith(fonts));
  found.setUrlAccessPolicy(() => false);
  return (made = found);
}

/** The report on A4, from the same blocks. */
export const reportPdf = (report: Report, charts: Charts): Promise<Buffer> => pdfMake().createPdf(pdfDocument(report, charts)).getBuffer();

/** What stands on the sheets, as pdfmake takes it. */
export function pdfDocument(report: Report, charts: Charts): Content {
  const { title, pages, asOf } = report;
  return {
    pageSize: 'A4', pageMargins: [40, 40, 40, 44], defaultStyle: { font: 'Roboto', fontSize: 9, color: INK, lineHeight: 1.15 },
    info: { title, creator: 'Touchline', creationDate: new Date(asOf), modDate: new Date(asOf) }, language: 'en', displayTitle: true,
    footer: (page: number, all: number) => ({ text: `${title} · position ${report.position} · page ${page} of ${all}`, alignment: 'center', fontSize: 7.5, color: SOFT, margin: [0, 14, 0, 0] }),
    content: pages.flatMap(({ title: name, blocks }, place): Content[] => [
      ...(place === 0 ? [{ text: title, fontSize: 16, bold: true }, { text: standsOn(report), fontSize: 7.5, color: SOFT, margin: [0, 2, 0, 4] }] : []),
      { text: name, fontSize: 13, bold: true, margin: [0, 4, 0, 4], ...(place > 0 && { pageBreak: 'before' }) },
      ...outcomesOf(blocks), ...blocks.filter(({ kind }) => kind !== 'outcome').map((block) => blockOf(block, charts)),
    ]),
  };
}

function outcomesOf(blocks: readonly Block[]): Content[] {
  const cells = blocks.flatMap((block) => (block.kind === 'outcome' ? [{ stack: [{ text: block.outcome, bold: true, fontSize: 10 }, ...block.figures.map((figure) => figureOf(figure, true)), ...block.beside.map((figure) => figureOf(figure, false))], margin: [2, 2, 2, 2] }] : []));
  if (cells.length === 0) return [];
  const rows = Array.from({ length: Math.ceil(cells.length / 3) }, (_, row) => [0, 1, 2].map((column) => cells[row * 3 + column] ?? {}));
  return [{ table: { widths: ['*', '*', '*'], body: rows, dontBreakRows: true }, layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => SOFT, vLineColor: () => SOFT }, margin: [0, 0, 0, 6] }];
}

function figureOf(figure: ReportFigure, isHeadline: boolean): Content {
  const { label, value } = figure;
  return { stack: [{ text: label, fontSize: 8, color: SOFT }, { text: figureWords(figure), fontSize: value === null ? 8 : isHeadline ? 13 : 10, bold: value !== null, italics: value === null }, { text: notesOf(figure).join(' · '), fontSize: 7, color: SOFT }], margin: [0, 1, 0, 2] };
}

function blockOf(block: Block, charts: Charts): Content {
  switch (block.kind) {
    case 'heading': return { text: block.text, bold: true, fontSize: 11, margin: [0, 5, 0, 2] };
    case 'sentence': return { text: block.text, margin: [0, 1, 0, 2], ...(block.quiet && { fontSize: 7, color: SOFT }) };
    case 'figure': return figureOf(block.figure, true);
    case 'outcome': return {};
    case 'chart': return { stack: [{ text: block.title, bold: true, margin: [0, 4, 0, 2] }, { svg: charts.get(block)!.replaceAll('font-family="Roboto, Helvetica, Arial, sans-serif"', 'font-family="Roboto"'), width: WIDTH * 0.6 }, { text: block.alt, fontSize: 7, color: SOFT, margin: [0, 2, 0, 4] }], unbreakable: true };
    case 'table': {
      const { title, columns, rows, more, none } = block;
      if (rows.length === 0) return { text: [{ text: `${title}: `, bold: true }, none], margin: [0, 3, 0, 3] };
      const fontSize = columns.length > 6 ? 7 : 8;
      const wide = Math.max(...columns.map((_, place) => Math.max(...rows.map((cells) => cells[place]!.text.length))));
      return {
        stack: [{ text: title, bold: true, margin: [0, 4, 0, 2] }, {
          table: {
            headerRows: 1, dontBreakRows: true, widths: columns.map((_, place) => (Math.max(...rows.map((cells) => cells[place]!.text.length)) > Math.max(18, wide / 3) ? '*' : 'auto')),
            body: [columns.map(({ name, isNumber }) => ({ text: name, bold: true, alignment: isNumber ? 'right' : 'left', fontSize })), ...rows.map((cells) => cells.map(({ text }, place) => ({ text, alignment: columns[place]!.isNumber ? 'right' : 'left', fontSize })))],
          }, layout: 'lightHorizontalLines',
        }, ...(more > 0 ? [{ text: moreSays(more), fontSize: 7, color: SOFT }] : [])], margin: [0, 2, 0, 4],
      };
    }
  }
}
