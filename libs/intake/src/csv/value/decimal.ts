/** A decimal number as written: no rounding has happened yet. */
export interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

const groups = { '.': "[, '\\u2019\\u00a0\\u202f]", ',': "[. '\\u2019\\u00a0\\u202f]" } as const;
const shapes = Object.fromEntries((['.', ','] as const).map((mark) => {
  const group = groups[mark];
  const whole = `(?<whole>\\d{1,3}(?<group>${group})\\d{3}(?:\\k<group>\\d{3})*|\\d+)`;
  return [mark, new RegExp(`^(?<sign>[+\\u2212-]?)(?:${whole})?(?:\\${mark}(?<fraction>\\d*))?(?:[eE](?<power>[+-]?\\d{1,2}))?$`)];
})) as Record<'.' | ',', RegExp>;

/** Reads `1,234.50`, `1.234,50`, `1 234,50`, `-7`, `2.5e3`; undefined for anything else. */
export function readDecimal(text: string, mark: '.' | ','): Decimal | undefined {
  const { sign, whole = '', fraction = '', power } = shapes[mark].exec(text)?.groups ?? {};
  const digits = whole.replace(/\D/g, '');
  if (sign === undefined || digits + fraction === '') return undefined;
  return { negative: sign === '-' || sign === '\u2212', ...shifted(digits || '0', fraction, Number(power ?? 0)) };
}

function shifted(whole: string, fraction: string, power: number): { whole: string; fraction: string } {
  const digits = power >= 0 ? whole + fraction.padEnd(power, '0') : whole.padStart(1 - power, '0') + fraction;
  const point = power >= 0 ? whole.length + power : Math.max(whole.length, 1 - power) + power;
  return { whole: digits.slice(0, point), fraction: digits.slice(point) };
}

export function toNumber({ negative, whole, fraction }: Decimal): number {
  const size = Number(`${whole}.${fraction || '0'}`);
  return negative && size !== 0 ? -size : size;
}

/** In units of 10^-digits, half away from zero; from the digits themselves, so 1.005 with two digits is 101 and not 100. */
export function scaled({ negative, whole, fraction }: Decimal, digits: number): number {
  const kept = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const size = kept + (Number(fraction[digits] ?? '0') >= 5 ? 1 : 0);
  return negative && size !== 0 ? -size : size;
}

/** A number as the decimal that JavaScript prints for it: 29.850000000000001 is 29.85. */
export function decimalOf(value: number): Decimal {
  return readDecimal(String(value), '.') ?? { negative: value < 0, whole: Math.abs(value).toLocaleString('en', { useGrouping: false, maximumFractionDigits: 0 }), fraction: '' };
}
