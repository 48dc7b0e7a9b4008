import type { ReportBook } from './book.js';
import type { FigureDefinition, ReportFigure } from './figure.js';
import { apartWords, valueWords, wholeWords } from './words.js';

export interface Moved { readonly text: string; readonly figure: string }

/** How the sentences are chosen: printed in the report. */
export const MOVED_RULE = 'Of each outcome the figure that moved most since the last quarter, and of these the three that moved most, each measured in steps of its own (5 % of new ARR and of contribution, 1 month of payback, 1 point of retention and of customers lost, 5 points of NPS, 3 points of CSAT and of excellent answers, 2 % of ARR, 2 points of margin, 10 % of lifetime value, 1 outcome); the customers named moved it most. '
  + 'A move is called within chance where the last value lies inside the 95 % interval of this one; such moves, and those of fewer than 10 that a figure counts, come after all others. What cannot be compared comes last, with what is missing.';

const COUNT = 3;
const ENOUGH = 10;

/** Three sentences on what moved, made from the numbers alone. */
export function sentencesOf(book: ReportBook, outcomes: readonly { readonly headlines: readonly Told[]; readonly beside: readonly Told[] }[]): Moved[] {
  const headlines = outcomes.flatMap((outcome) => outcome.headlines);
  const compared = outcomes.flatMap((outcome) => mostMoved([...outcome.headlines, ...outcome.beside]).slice(0, 1)).sort(byMove);
  const told = compared.map(({ definition, figure, steps, value, last }): Moved => ({ figure: figure.id, text: steps < 1 ? steady(figure, value, last) : moved(book, definition, figure, { value, last }) }));
  const untold = headlines.filter(([, { value, last }]) => value === null || last === null).map(([, { id, label, value, missing, lastMissing, unit, currency }]): Moved => ({
    figure: id, text: value === null ? `${label} is ${missing!}.` : `${label} is ${valueWords(value, unit, currency)}; the last quarter says nothing to compare it with: ${lastMissing!}.`,
  }));
  return [...told, ...untold].slice(0, COUNT);
}

type Told = readonly [FigureDefinition, ReportFigure];
interface Move { readonly definition: FigureDefinition; readonly figure: ReportFigure; readonly steps: number; readonly isSure: boolean; readonly value: number; readonly last: number }

const byMove = (a: Move, b: Move): number => Number(b.isSure) - Number(a.isSure) || b.steps - a.steps;

const mostMoved = (figures: readonly Told[]): Move[] => figures.flatMap(([definition, figure]): Move[] => {
  const { value, last, n } = figure;
  if (value === null || last === null) return [];
  const steps = Math.abs(value - last) / (definition.unit === 'money' ? definition.step * Math.max(1, Math.abs(last)) : definition.step);
  return [{ definition, figure, steps, isSure: n >= ENOUGH && !isChance(figure, last), value, last }];
}).sort(byMove);

const isChance = ({ low, high }: ReportFigure, last: number): boolean => low !== null && high !== null && last >= low && last <= high;

const steady = ({ label, unit, currency }: ReportFigure, value: number, last: number): string => {
  const [now, before] = apartWords(value, last, unit, currency);
  return value === last ? `${label} is unchanged: ${now}.` : `${label} hardly moved: ${now} after ${before}.`;
};

interface Values { readonly value: number; readonly last: number }

function moved(book: ReportBook, definition: FigureDefinition, figure: ReportFigure, { value, last }: Values): string {
  const { label, unit, currency, n, counts } = figure;
  const [now, before] = apartWords(value, last, unit, currency);
  const who = driversOf(book, definition, value > last);
  return `${label} ${value > last ? 'rose' : 'fell'} from ${before} to ${now} (${wholeWords(n)} ${counts})${isChance(figure, last) ? ', which is within chance' : ''}${who ? `; most through ${who}` : ''}.`;
}

/** The two customers that pull it most the way it went. */
function driversOf(book: ReportBook, { parts, unit }: FigureDefinition, isUp: boolean): string | null {
  if (parts === null) return null;
  const at = (span: number) => new Map(parts(book, span).map((part) => [part.customer, part]));
  const [now, before] = [at(0), at(1)];
  // Of a share over money, what a customer lost of its own; of all else, by how much its part changed.
  const isFlow = unit === 'share';
  const changes = [...new Set([...now.keys(), ...before.keys()])].map((customer) => {
    const [one, other] = [now.get(customer), before.get(customer)];
    const change = isFlow ? gain(one) - gain(other) : (one?.part ?? 0) - (other?.part ?? 0);
    return { customer, name: (one ?? other)!.name, change };
  }).filter(({ change }) => (isUp ? change > 0 : change < 0)).sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || ((a.customer ?? '') < (b.customer ?? '') ? -1 : 1));
  return changes.length === 0 ? null : changes.slice(0, 2).map(({ name, customer }) => name ?? customer).join(' and ');
}

const gain = (part: { readonly part: number; readonly of: number } | undefined): number => (part ? part.part - part.of : 0);
