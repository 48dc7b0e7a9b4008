import { type CompanySaid, type ExplainedFigure, type FigurePart, figureWords, valueWords } from '#insight';
import { moneyText } from '../text/figures.js';
import { table } from '../text/table.js';

export interface Opened extends ExplainedFigure { readonly period: string; readonly segment: string | null }

const ROWS = 20;
const EVENTS = 3;

/** Who makes a figure, and by which facts. */
export function openedLines({ period, segment, figure, parts, inputs }: Opened): string[] {
  const { unit, currency } = figure;
  const money = (value: number) => valueWords(value, unit === 'money' ? 'money' : 'count', currency);
  return [
    `${figure.label}, ${period}${segment === null ? '' : `, ${segment}`}: ${figureWords(figure)}. ${figure.definition}`, ...(parts === null ? [] : partLines(parts, money)),
    ...inputs.flatMap(({ what, unit: own, value, parts: of }) => [`${what}${value === null ? '' : `: ${valueWords(value, own, own === 'money' ? currency : null)}`}`, ...partLines(of, (each) => (own === 'money' ? valueWords(each, own, currency) : String(each)))]),
  ];
}

function partLines(parts: readonly FigurePart[], words: (value: number) => string): string[] {
  if (parts.length === 0) return ['  Nobody.'];
  const rows = parts.slice(0, ROWS).map(({ customer, name, part, of, events }) => [name ?? customer ?? '', words(part), words(of), `${events.slice(0, EVENTS).map(({ source, id }) => `${source}/${id}`).join(', ')}${events.length > EVENTS ? ` and ${events.length - EVENTS} more` : ''}`]);
  // Of a sum each part is of 1, which says nothing.
  const isSum = parts.every(({ of }) => of === 1);
  const kept = isSum ? rows.map(([name, part, , facts]) => [name!, part!, facts!]) : rows;
  return [...table(['Customer', 'Part', ...(isSum ? [] : ['Of']), 'Facts'], kept, new Set(isSum ? [1] : [1, 2])).map((line) => `  ${line}`), ...(parts.length > ROWS ? [`  ${parts.length - ROWS} more: --json has all.`] : [])];
}

/** What was decided, or is asked for, the newest last. */
export const decisionLines = (decisions: CompanySaid['decisions']): string[] => (decisions.length === 0 ? ['No decision was recorded. touchline report decide does.']
  : decisions.map(({ decision, what, state, level, cost, arr, reason, evidence, at, by }) => [
    `${decision}  ${what}: ${state} on ${at.slice(0, 10)} by ${by}, binds ${level === 'corporate' ? 'the company' : 'daily work'}`, ...(cost ? [`cost ${moneyText(cost)}`] : []), ...(arr ? [`about ${moneyText(arr)} a year`] : []), ...(reason === null ? [] : [reason]),
    evidence.length === 0 ? 'no evidence' : `evidence ${evidence.map(({ figure, report, event }) => [report, figure, event && `${event.source}/${event.id}`].filter((each) => each !== undefined).join(' ')).join(', ')}`,
  ].join('; ')));
