import type { Steps } from '../churn/models/steps.js';
import { aheadOf, pastAhead } from './ahead.js';
import { ASKS_RULE } from './asks.js';
import { aheadPage } from './ahead-page.js';
import type { Block, Page, Report } from './block.js';
import type { ReportBook } from './book.js';
import { firstPage } from './first-page.js';
import { definedIn, type FigureInput, type FigurePart, figureOf, type ReportFigure } from './figure.js';
import { FIGURES, OUTCOMES } from './figures.js';
import { demandPage, maturityPage, painPage, riskPage } from './later-pages.js';
import { leftOutSays } from './left-out.js';
import { MORE_FIGURES } from './more-figures.js';
import { MOVED_RULE } from './sentences.js';

/** Raised when a figure, or how the report is put together, can change. */
export const COMPOSITION = 3;

export const REPORT_FIGURES = [...FIGURES, ...MORE_FIGURES];

/** Puts a report together: the same book makes the same report. */
export function* composeReport(book: ReportBook, { position, held, isOver }: Pick<Report, 'position' | 'held' | 'isOver'>): Steps<Report> {
  for (const [done, definition] of REPORT_FIGURES.entries()) {
    yield { of: 'figures', done, all: REPORT_FIGURES.length };
    figureOf(definition, book);
  }
  const { quarter, segment, window, currency, policy, accounts } = book;
  const ahead = aheadOf(book);
  const making = [() => firstPage(book, ahead), () => aheadPage(book, ahead, pastAhead(book)), () => riskPage(book), () => painPage(book), () => demandPage(book), () => maturityPage(book), () => definitionsPage(book)];
  const pages: Page[] = [];
  for (const make of making) {
    yield { of: 'pages', done: pages.length, all: making.length };
    pages.push(make());
  }
  return {
    title: `Strategic customer intelligence, ${quarter.name}${segment === null ? '' : `, ${segment}`}`, period: quarter.name, segment, isOver, asOf: window.asOf, knownAt: window.knownAt, position, composition: COMPOSITION, currency,
    policy: { ...policy, churnModel: window.model.id, churnModelsOfForecasts: window.models.map(({ id }) => id) }, customers: accounts.length, held, supersedes: null, pages,
  };
}

function definitionsPage(book: ReportBook): Page {
  const inOutcome = new Map(OUTCOMES.flatMap(({ outcome, figures }) => figures.map((id) => [id, outcome])));
  const rows = REPORT_FIGURES.map((each) => [each.id, `${each.label}${inOutcome.has(each.id) ? ` (${inOutcome.get(each.id)})` : ''}`, definedIn(book, each), each.needs.map((any) => any.join(' or ')).join('; ')].map((words) => ({ text: words, value: words })));
  const blocks: Block[] = [
    { kind: 'table', id: 'definitions', title: 'How each figure is worked out', none: '', more: 0, columns: ['Id', 'Figure', 'Definition', 'Needs'].map((name) => ({ name, isNumber: false })), rows },
    { kind: 'sentence', quiet: true, text: `Sentences on the first page: ${MOVED_RULE}` },
    { kind: 'sentence', quiet: true, text: `Decisions asked for: ${ASKS_RULE}` },
    { kind: 'sentence', quiet: true, text: `Policy of revenue "${book.policy.name}": ${Object.entries(book.policy).filter(([name]) => name !== 'name').map(([name, value]) => `${name} ${Array.isArray(value) ? value.join('/') : String(value)}`).join(', ')}.` },
    { kind: 'sentence', quiet: true, text: leftOutSays(book) },
  ];
  return { id: 'definitions', title: 'Definitions', blocks };
}

export interface ExplainedFigure {
  readonly figure: ReportFigure;
  /** What each customer adds, most first; null for a figure that is no sum over customers. */
  readonly parts: readonly FigurePart[] | null;
  /** What such a figure is worked out of. */
  readonly inputs: readonly FigureInput[];
}

/** Which customers and facts make a figure. Null: there is none of that id. */
export function explainFigure(book: ReportBook, id: string): ExplainedFigure | null {
  const definition = REPORT_FIGURES.find((each) => each.id === id);
  if (!definition) return null;
  const inputs = definition.inputs?.(book, 0) ?? [];
  return { figure: figureOf(definition, book), parts: definition.parts ? sorted(definition.parts(book, 0)) : null, inputs: inputs.map((input) => ({ ...input, parts: sorted(input.parts) })) };
}

const sorted = (parts: readonly FigurePart[]) => parts.toSorted((a, b) => Math.abs(b.part) - Math.abs(a.part) || ((a.customer ?? '') < (b.customer ?? '') ? -1 : 1));
