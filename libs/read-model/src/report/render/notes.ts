import { apartWords, type Report, type ReportFigure, spreadWords, valueWords } from '#insight';

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** An instant as people read it, to the minute, in UTC: a report may be read on any clock. */
const instantWords = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** What the report stands on, in a line; what is for programs comes last. */
export const standsOn = ({ asOf, knownAt, position, composition, customers, held, isOver, currency, supersedes }: Report): string => [
  ...(isOver ? [] : ['The quarter is not over: figures are as far as it has come. ']),
  `As of ${instantWords(asOf)}, by what was known on ${instantWords(knownAt)}; ${counted(customers, 'customer')}${held > 0 ? `, ${held} left out as a fact of theirs cannot be read` : ''}; amounts in ${currency ?? 'no currency: nobody pays anything'}. Facts up to position ${position} of the log, put together by version ${composition}.`,
  ...(supersedes ? [` Takes the place of ${supersedes.report}, published ${supersedes.at.slice(0, 10)}, with the figures ${supersedes.figures}.`] : []),
].join('');

/** Whether a figure is at its target, or beyond it. */
const met = ({ value, target, better }: ReportFigure): boolean => (better === 'more' ? value! >= target! : value! <= target!);

/** A cell so short that it is not broken: an amount, a day. */
export const isShort = (text: string): boolean => text.length <= 16;

/** An interval of fewer is shown, and said to be of too few. */
const FEW = 30;

/** What stands below a figure: how sure it is, of how many, its target, and what it was. */
export function notesOf(figure: ReportFigure): string[] {
  const { value, n, counts, unit, currency, target, last, coverage } = figure;
  // Where it and what it is held against read the same and are not, both are told with more decimals.
  const against = (other: number) => {
    if (value === null) return valueWords(other, unit, currency);
    const [own, its] = apartWords(value, other, unit, currency);
    return own === valueWords(value, unit, currency) ? its : `${its}, this ${own}`;
  };
  const spread = spreadWords(figure);
  return [
    ...(value === null ? [] : [...(spread === null ? [] : [`95 %: ${spread}${n < FEW ? ' (too few to go by)' : ''}`]), `n ${n} ${counts}`, `told of ${coverage.measured} of ${counted(coverage.of, 'customer')}`]),
    target === null ? 'target not set' : `target ${against(target)}${value === null ? '' : met(figure) ? ' (met)' : ' (missed)'}`,
    `last quarter ${last === null ? 'not measured' : value === last ? 'the same' : against(last)}`,
  ];
}

export const moreSays = (more: number): string => `${more} more ${more === 1 ? 'is' : 'are'} not shown.`;
