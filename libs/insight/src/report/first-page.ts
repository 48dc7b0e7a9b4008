import { plural } from '../words.js';
import { asksOf } from './asks.js';
import type { Ahead } from './ahead.js';
import { type Block, number, type Page, text } from './block.js';
import type { ReportBook } from './book.js';
import { figureOf } from './figure.js';
import { FIGURES, OUTCOMES } from './figures.js';
import { sentencesOf } from './sentences.js';
import { moneyWords } from './words.js';

/** So many have room on one sheet. */
const MOST_ASKS = 5;

const definitionOf = (id: string) => FIGURES.find((definition) => definition.id === id)!;

/** One sheet: six outcomes against target and last quarter, three sentences on what moved, what is to be decided. */
export function firstPage(book: ReportBook, ahead: Ahead): Page {
  const told = (id: string) => [definitionOf(id), figureOf(definitionOf(id), book)] as const;
  const asks = asksOf(book, ahead);
  return {
    id: 'outcomes', title: 'Six outcomes', blocks: [
      ...OUTCOMES.map(({ outcome, figures, beside }): Block => ({ kind: 'outcome', outcome, figures: figures.map((id) => told(id)[1]), beside: beside.map((id) => told(id)[1]) })),
      { kind: 'heading', level: 2, text: 'What moved' },
      ...sentencesOf(book, OUTCOMES.map(({ figures, beside }) => ({ headlines: figures.map(told), beside: beside.map(told) }))).map(({ text: words }): Block => ({ kind: 'sentence', text: words })),
      {
        kind: 'table', id: 'decisions asked for', title: 'Decisions asked for', none: 'None: nobody asked for one, and no rule proposes any.', more: Math.max(0, asks.length - MOST_ASKS),
        columns: [{ name: 'Decision', isNumber: false }, { name: 'Why', isNumber: false }, { name: 'Cost: as named, or of serving these customers', isNumber: true }, { name: 'ARR', isNumber: true }, { name: 'Evidence', isNumber: false }],
        rows: asks.slice(0, MOST_ASKS).map((ask) => [
          text(ask.what), text(ask.why), number(ask.costSays, ask.cost?.amount ?? null), number(ask.arr ? moneyWords(ask.arr.amount, ask.arr.currency) : 'not measured', ask.arr?.amount ?? null),
          text([...ask.evidence, ...(ask.events.length > 0 ? [`${plural(ask.events.length, 'fact')}, ${ask.events.length > 2 ? 'such as ' : ''}${ask.events.slice(0, 2).map(({ source, id }) => `${source}/${id}`).join(', ')}`] : [])].join('; ')),
        ]),
      },
      { kind: 'sentence', quiet: true, text: 'How sentences and decisions are chosen stands with the definitions.' },
    ],
  };
}
