import { majorUnits, minorDigits } from '#journey';
import { percentWords, plural } from '../words.js';
import type { FigureUnit, ReportFigure } from './figure.js';

/** A whole number with its thousands apart: 1,234. */
export const wholeWords = (value: number): string => decimalWords(Math.round(value), 0);

/** With so many decimals, and its thousands apart: 1,234.5. */
function decimalWords(value: number, decimals: number): string {
  const rounded = Math.round(value * 10 ** decimals) / 10 ** decimals;
  const [whole, rest] = Math.abs(rounded).toFixed(decimals).split('.');
  return `${rounded < 0 ? '−' : ''}${whole!.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${rest === undefined ? '' : `.${rest}`}`;
}

/** Whole units of a currency, 1,234 EUR, or to the last minor one. */
export const moneyWords = (amount: number, currency: string | null, isExact = false): string =>
  (currency === null ? wholeWords(amount) : `${decimalWords(majorUnits({ amount, currency }), isExact ? minorDigits(currency) : 0)} ${currency}`);

/** A value in its unit, as people read it; `more` decimals than usual, where they tell two values apart. */
export function valueWords(value: number, unit: FigureUnit, currency: string | null, more = 0): string {
  switch (unit) {
    case 'money': return moneyWords(value, currency, more > 0);
    case 'share': return `${decimalWords(100 * value, 1 + more)} %`;
    case 'net': return `${value > 0 ? '+' : ''}${decimalWords(value, more)}`;
    case 'months': return `${decimalWords(value, 1 + more)} months`;
    case 'days': return `${decimalWords(value, 1 + more)} days`;
    default: return wholeWords(value);
  }
}

const MOST_DECIMALS = 4;

/** Two values with as many decimals as tell them apart; equal ones in equal words. */
export function apartWords(one: number, other: number, unit: FigureUnit, currency: string | null): [string, string] {
  for (let more = 0; ; more++) {
    const pair: [string, string] = [valueWords(one, unit, currency, more), valueWords(other, unit, currency, more)];
    if (one === other || pair[0] !== pair[1] || more === MOST_DECIMALS) return pair;
  }
}

/** A figure, or that and why it is not measured. */
export const figureWords = ({ value, unit, currency, missing }: ReportFigure): string => (value === null ? missing! : valueWords(value, unit, currency));

export const spreadWords = ({ low, high, unit, currency }: ReportFigure): string | null => (low === null || high === null ? null : `${valueWords(low, unit, currency)} to ${valueWords(high, unit, currency)}`);

export const chanceWords = percentWords;

/** Minor units in a whole one of a currency. */
export const minorPer = (currency: string | null): number => (currency === null ? 1 : 10 ** minorDigits(currency));

/** An interval of fewer is shown, and said to be of too few. */
export const FEW = 30;
export const fewWords = (n: number, one: string): string => (n < FEW ? `; ${plural(n, one)} ${n === 1 ? 'is' : 'are'} too few to go by` : '');
