/** Currencies of ISO 4217 whose minor unit is not a hundredth: digits after the point. Intl is no source for this: it rounds HUF and IDR as shops do. */
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
};

/** Digits after the point of a currency, by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return DIGITS[currency] ?? 2;
}

/** An amount of minor units in whole ones: 4500 EUR is 45, 4500 JPY is 4500. */
export function majorUnits({ amount, currency }: { readonly amount: number; readonly currency: string }): number {
  return amount / 10 ** minorDigits(currency);
}
