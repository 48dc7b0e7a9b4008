import { majorUnits, minorDigits } from '#journey';

/** 1234567 as 1,234,567. */
export const figure = (value: number): string => value.toLocaleString('en-US');

/** "1 row", "3 rows". */
export const counted = (value: number, one: string, many = `${one}s`): string => `${figure(value)} ${value === 1 ? one : many}`;

/** Minor units as people write them: 4500000 EUR is "EUR 45,000.00". */
export function moneyText({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  const digits = minorDigits(currency);
  return `${currency} ${majorUnits({ amount, currency }).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

export const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
