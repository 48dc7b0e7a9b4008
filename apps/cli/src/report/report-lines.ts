import { figureWords, type Report, type ReportFigure, spreadWords, valueWords } from '#insight';
import type { PublishedReport, ReportVerified } from '#read-model';
import { counted } from '../text/figures.js';

const line = (label: string, words: string) => `  ${label.padEnd(34)}${words}`;

function figureLine(figure: ReportFigure): string {
  const { label, value, unit, currency, target, last } = figure;
  const words = (each: number) => valueWords(each, unit, currency);
  const beside = [spreadWords(figure) && `95 % ${spreadWords(figure)!}`, target === null ? null : `target ${words(target)}`, last === null ? null : `last quarter ${words(last)}`].filter((note) => note !== null);
  return line(label, `${figureWords(figure)}${value === null || beside.length === 0 ? '' : `  (${beside.join('; ')})`}`);
}

/** The report in words; tables by their titles and first rows. */
export function reportLines({ title, isOver, position, pages }: Report): string[] {
  return [`${title}${isOver ? '' : ' (the quarter is not over)'}; facts up to ${position}.`, ...pages.filter(({ id }) => id !== 'definitions').flatMap(({ title: name, blocks }) => ['', name, ...blocks.flatMap((block) => {
    switch (block.kind) {
      case 'outcome': return [...block.figures, ...block.beside].map(figureLine);
      case 'figure': return [figureLine(block.figure)];
      case 'sentence': return block.quiet ? [] : [`  ${block.text}`];
      case 'table': return block.rows.length === 0 ? [`  ${block.title}: ${block.none}`] : [`  ${block.title}:`, ...block.rows.slice(0, 5).map((cells) => `    ${cells.map(({ text }) => text).join('; ')}`)];
      default: return [];
    }
  })])];
}

export const publishedLines = (reports: readonly PublishedReport[]): string[] => (reports.length === 0 ? ['No report was published. touchline report publish does.']
  : reports.map(({ report, period, segment, at, by, upTo }) => `${report}  ${period}${segment === undefined ? '' : `, ${segment}`}, published ${at.slice(0, 10)} by ${by}, facts up to ${upTo}`));

export function verifiedLines({ report, same, differences, files, restated, restatedUpTo, late, moreLate }: ReportVerified): string[] {
  return [
    `${report}: ${same === null ? 'was put together by another version; its figures are not worked out again' : same ? 'its figures, worked out again at its position, are the same' : 'its figures do NOT come out the same'}.`,
    ...differences.map(({ say }) => `  ${say}`), ...files.filter(({ kept }) => !kept).map(({ format }) => `  the ${format} is not what was published`),
    restated.length === 0 ? `Nothing is restated by facts up to ${restatedUpTo}.` : `Restated by facts up to ${restatedUpTo}:`, ...restated.map(({ say }) => `  ${say}`),
    ...(late.length === 0 ? [] : [`Told since, of that time (${counted(late.length + moreLate, 'fact')}):`, ...late.slice(0, 10).map(({ type, customer, occurredAt, source, id }) => `  ${occurredAt.slice(0, 10)} ${type}${customer === null ? '' : ` of ${customer}`} (${source}/${id})`)]),
  ];
}
