import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Block, figureWords, type Report, type ReportFigure } from '#insight';
import type { Charts } from './charts.js';
import { isShort, moreSays, notesOf, standsOn } from './notes.js';

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
const FONT_SIZE = 9;
/** Cells of so many letters have a column of their own width. */
const SHORT = 18;
/** Longer words are broken anywhere. */
const LONG = 16;

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

/** How large the letters of the first sheet are, until all of it fits. */
const SIZES = [1, 0.93, 0.86];
const FIRST = 1;
const HEADING = 2;
/** Below this part of a sheet there is no room for a heading and something under it. */
const LOW = 0.86;

interface Placed { readonly headlineLevel?: number; readonly pageNumbers: readonly number[]; readonly startPosition: { readonly verticalRatio: number } }

/** The report on A4, from the same blocks; what its first page says stands on one sheet, the others follow each other. */
export async function reportPdf(report: Report, charts: Charts): Promise<Buffer> {
  let bytes: Buffer | undefined;
  for (const size of SIZES) {
    let fits = true;
    // Asked of every node once it has its place. A heading at the foot of a sheet goes on to the next, to stand above what it names.
    const pageBreakBefore = ({ headlineLevel, pageNumbers, startPosition }: Placed) => { if (headlineLevel === FIRST && pageNumbers.some((page) => page > 1)) fits = false; return headlineLevel === HEADING && startPosition.verticalRatio > LOW; };
    bytes = await makePdf({ ...pdfDocument(report, charts, size), pageBreakBefore });
    if (fits) break;
  }
  return bytes!;
}

/** It gets its widths and places in the document that is given. */
export const makePdf = (document: Content): Promise<Buffer> => pdfMake().createPdf(document).getBuffer();

/** What stands on the sheets, as pdfmake takes it. */
export function pdfDocument(report: Report, charts: Charts, first = 1): Content {
  const { title, pages, asOf } = report;
  const firstSheet = (content: readonly Content[]) => content.map((each) => ({ ...(sized({ fontSize: FONT_SIZE, ...each }, first) as Content), headlineLevel: FIRST }));
  return {
    pageSize: 'A4', pageMargins: [40, 40, 40, 44], defaultStyle: { font: 'Roboto', fontSize: FONT_SIZE, color: INK, lineHeight: 1.15 },
    info: { title, creator: 'Touchline', creationDate: new Date(asOf), modDate: new Date(asOf) }, language: 'en', displayTitle: true,
    footer: (page: number, all: number) => ({ text: `${title} · position ${report.position} · page ${page} of ${all}`, alignment: 'center', fontSize: 7.5, color: SOFT, margin: [0, 14, 0, 0] }),
    content: pages.flatMap(({ title: name, blocks }, place): Content[] => (place === 0 ? firstSheet : (content: Content[]) => content)([
      ...(place === 0 ? [{ text: title, fontSize: 16, bold: true }, { text: standsOn(report), fontSize: 7.5, color: SOFT, margin: [0, 2, 0, 4] }] : []),
      { text: name, fontSize: 13, bold: true, margin: [0, place > 1 ? 14 : 4, 0, 4], headlineLevel: HEADING, ...(place === 1 && { pageBreak: 'before' }) },
      ...outcomesOf(blocks), ...blocks.filter(({ kind }) => kind !== 'outcome').map((block) => blockOf(block, charts)),
    ])),
  };
}

/** Such as the id of a fact: a column would become as wide as its longest word, and the table wider than the sheet. */
const isLongWord = (text: string): boolean => text.split(/\s|(?<=-)/).some((word) => word.length > LONG);

/** The same with letters of another size. */
function sized(of: unknown, size: number): unknown {
  if (Array.isArray(of)) return of.map((each) => sized(each, size));
  return typeof of !== 'object' || of === null ? of : Object.fromEntries(Object.entries(of).map(([name, value]) => [name, name === 'fontSize' ? Number(value) * size : sized(value, size)]));
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
    case 'heading': return { text: block.text, bold: true, fontSize: 11, margin: [0, 5, 0, 2], headlineLevel: HEADING };
    case 'sentence': return { text: block.text, margin: [0, 1, 0, 2], ...(block.quiet && { fontSize: 7, color: SOFT }) };
    case 'figure': return figureOf(block.figure, true);
    case 'outcome': return {};
    case 'chart': return { stack: [{ text: block.title, bold: true, margin: [0, 4, 0, 2] }, { svg: charts.get(block)!.replaceAll('font-family="Roboto, Helvetica, Arial, sans-serif"', 'font-family="Roboto"'), width: WIDTH * 0.6 }, { text: block.alt, fontSize: 7, color: SOFT, margin: [0, 2, 0, 4] }], unbreakable: true };
    case 'table': {
      const { title, columns, rows, more, none } = block;
      if (rows.length === 0) return { text: [{ text: `${title}: `, bold: true }, none], margin: [0, 3, 0, 3] };
      const fontSize = columns.length > 6 ? 7 : 8;
      const longest = columns.map((_, place) => Math.max(...rows.map((cells) => cells[place]!.text.length)));
      const wide = Math.max(...longest);
      return {
        stack: [{ text: title, bold: true, margin: [0, 4, 0, 2] }, {
          table: {
            headerRows: 1, dontBreakRows: true, widths: columns.map(({ isNumber }, place) => (longest[place]! > (isNumber ? SHORT : Math.max(SHORT, wide / 3)) ? '*' : 'auto')),
            body: [columns.map(({ name, isNumber }) => ({ text: name, bold: true, alignment: isNumber ? 'right' : 'left', fontSize })), ...rows.map((cells) => cells.map(({ text }, place) => ({ text, noWrap: isShort(text), alignment: columns[place]!.isNumber ? 'right' : 'left', fontSize, ...(isLongWord(text) && { wordBreak: 'break-all' }) })))],
          }, layout: 'lightHorizontalLines',
        }, ...(more > 0 ? [{ text: moreSays(more), fontSize: 7, color: SOFT }] : [])], margin: [0, 2, 0, 4],
      };
    }
  }
}
