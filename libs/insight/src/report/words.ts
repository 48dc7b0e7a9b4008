import { majorUnits, minorDigits } from '#journey';
import { percentWords } from '../words.js';
import type { FigureUnit, ReportFigure } from './figure.js';

/** A whole number with its thousands apart: 1,234. */
export const wholeWords = (value: number): string => `${value < 0 ? '−' : ''}${String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;

/** Whole units of a currency: 1,234 EUR. */
export const moneyWords = (amount: number, currency: string | null): string => (currency === null ? wholeWords(amount) : `${wholeWords(majorUnits({ amount, currency }))} ${currency}`);

/** A share as per cent with one decimal: 92.5 %. */
const shareWords = (share: number): string => `${(Math.round(share * 1000) / 10).toFixed(1).replace('-', '−')} %`;

/** A value in its unit, as people read it. */
export function valueWords(value: number, unit: FigureUnit, currency: string | null): string {
  switch (unit) {
    case 'money': return moneyWords(value, currency);
    case 'share': return shareWords(value);
    case 'net': return `${value > 0 ? '+' : ''}${wholeWords(value)}`;
    case 'months': return `${(Math.round(value * 10) / 10).toFixed(1)} months`;
    case 'days': return `${(Math.round(value * 10) / 10).toFixed(1)} days`;
    default: return wholeWords(value);
  }
}

/** A figure, or that and why it is not measured. */
export const figureWords = ({ value, unit, currency, missing }: ReportFigure): string => (value === null ? missing! : valueWords(value, unit, currency));

export const spreadWords = ({ low, high, unit, currency }: ReportFigure): string | null => (low === null || high === null ? null : `${valueWords(low, unit, currency)} to ${valueWords(high, unit, currency)}`);

export const chanceWords = percentWords;

/** Minor units in a whole one of a currency. */
export const minorPer = (currency: string | null): number => (currency === null ? 1 : 10 ** minorDigits(currency));
