import { figureWords, type Report, type ReportFigure, spreadWords, type TableBlock, valueWords } from '#insight';
import type { PublishedReport, ReportVerified } from '#read-model';
import { counted } from '../text/figures.js';
import { table } from '../text/table.js';

const line = (label: string, words: string) => `  ${label.padEnd(34)}${label.length < 34 ? '' : '  '}${words}`;

function figureLine(figure: ReportFigure): string {
  const { label, value, unit, currency, target, last } = figure;
  const words = (each: number) => valueWords(each, unit, currency);
  const beside = [spreadWords(figure) && `95 % ${spreadWords(figure)!}`, target === null ? null : `target ${words(target)}`, last === null ? null : `last quarter ${words(last)}`].filter((note) => note !== null);
  return line(label, `${figureWords(figure)}${value === null || beside.length === 0 ? '' : `  (${beside.join('; ')})`}`);
}

const ROWS = 5;
/** A table that is wider is told row by row, each cell with the name of its column. */
const WIDEST = 130;

function tableLines({ title, columns, rows, more, none }: TableBlock): string[] {
  if (rows.length === 0) return [`  ${title}: ${none}`];
  const shown = rows.slice(0, ROWS).map((cells) => cells.map(({ text }) => text));
  const names = columns.map(({ name }) => name);
  const lined = table(names, shown, new Set(columns.flatMap(({ isNumber }, place) => (isNumber ? [place] : []))));
  const lines = lined.every((each) => each.length <= WIDEST) ? lined : shown.flatMap((cells) => cells.map((cell, place) => `${place === 0 ? '- ' : '  '}${names[place]!}: ${cell}`));
  const left = more + rows.length - shown.length;
  return [`  ${title}:`, ...lines.map((each) => `    ${each}`), ...(left > 0 ? [`    ${left} more ${left === 1 ? 'is' : 'are'} not shown.`] : [])];
}

/** The report in words; tables by their titles, headings and first rows. */
export function reportLines({ title, isOver, position, pages }: Report): string[] {
  return [`${title}${isOver ? '' : ' (the quarter is not over)'}; facts up to ${position}.`, ...pages.filter(({ id }) => id !== 'definitions').flatMap(({ title: name, blocks }) => ['', name, ...blocks.flatMap((block) => {
    switch (block.kind) {
      case 'outcome': return [...block.figures, ...block.beside].map(figureLine);
      case 'figure': return [figureLine(block.figure)];
      case 'sentence': return block.quiet ? [] : [`  ${block.text}`];
      case 'heading': return [`  ${block.text}`];
      case 'table': return tableLines(block);
      default: return [];
    }
  })])];
}

export const publishedLines = (reports: readonly PublishedReport[]): string[] => (reports.length === 0 ? ['No report was published. touchline report publish does.']
  : reports.map(({ report, period, segment, at, by, upTo, supersedes }) => `${report}  ${period}${segment === undefined ? '' : `, ${segment}`}, published ${at.slice(0, 10)} by ${by}, facts up to ${upTo}${supersedes ? `; takes the place of ${supersedes.report}` : ''}`));

export function verifiedLines({ report, same, differences, files, restated, restatedUpTo, late, moreLate }: ReportVerified): string[] {
  return [
    `${report}: ${same === null ? 'was put together by another version; its figures are not worked out again' : same ? 'its figures, worked out again at its position, are the same' : 'its figures do NOT come out the same'}.`,
    ...differences.map(({ say }) => `  ${say}`), ...files.filter(({ kept }) => !kept).map(({ format }) => `  the ${format} is not what was published`),
    restated.length === 0 ? `Nothing is restated by facts up to ${restatedUpTo}.` : `Restated by facts up to ${restatedUpTo}${same === null ? ', or counted otherwise since' : ''}:`, ...restated.map(({ say, facts }) => `  ${say}${facts && facts.length > 0 ? `, by ${namesOf(facts)}` : ''}`),
    ...toldSince(late.filter(({ changed }) => changed === null || changed.length > 0), same === null ? 'Told since, of that time' : 'Told since, and moved a figure'), ...toldSince(late.filter(({ changed }) => changed?.length === 0), 'Told since, and changed no figure'),
    ...(moreLate > 0 ? [`${counted(moreLate, 'more fact')} told since ${moreLate === 1 ? 'is' : 'are'} not listed.`] : []),
  ];
}

const SHOWN = 10;
const namesOf = (facts: readonly { readonly source: string; readonly id: string }[]): string => `${facts.slice(0, 3).map(({ source, id }) => `${source}/${id}`).join(', ')}${facts.length > 3 ? ` and ${facts.length - 3} more` : ''}`;

function toldSince(late: ReportVerified['late'], head: string): string[] {
  if (late.length === 0) return [];
  return [`${head} (${counted(late.length, 'fact')}):`, ...late.slice(0, SHOWN).map(({ type, customer, name, occurredAt, source, id, changed }) => `  ${occurredAt.slice(0, 10)} ${type}${customer === null ? '' : ` of ${name ?? customer}`} (${source}/${id})${changed && changed.length > 0 ? `: ${changed.join(', ')}` : ''}`)];
}
