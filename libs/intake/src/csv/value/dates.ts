import { DateTime, type DateTimeOptions } from 'luxon';

export interface DateRules {
  /** luxon tokens, or `iso`, `sql`, `unix`, `unix-ms`; tried in order. */
  readonly formats: readonly string[];
  /** Of texts that say no offset themselves. */
  readonly zone: string;
  /** Time of day of texts that are only a date. */
  readonly at?: string;
  readonly locale: string;
}

type Read = (text: string, options: DateTimeOptions) => DateTime | undefined;

const ISO = /^\d{4}-?\d{2}(-?\d{2})?([T ]\d{2}.*)?$/;
// Exports often leave the zero before a digit out.
const SQL = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2})(:\d{2}.*))?$/;
const named: Readonly<Record<string, Read>> = {
  iso: (text, options) => (ISO.test(text) ? DateTime.fromISO(text.replace(' ', 'T'), options) : undefined),
  sql: (text, options) => {
    const [, year, month, day, hour, rest = ''] = SQL.exec(text) ?? [];
    const two = (digits = '') => digits.padStart(2, '0');
    return year === undefined ? undefined : DateTime.fromSQL(`${year}-${two(month)}-${two(day)}${hour === undefined ? '' : ` ${two(hour)}${rest}`}`, options);
  },
  unix: (text, { zone }) => (/^-?\d{1,11}(\.\d+)?$/.test(text) ? DateTime.fromMillis(Math.round(Number(text) * 1000), { zone }) : undefined),
  'unix-ms': (text, { zone }) => (/^-?\d{1,14}$/.test(text) ? DateTime.fromMillis(Number(text), { zone }) : undefined),
};

const examples: Readonly<Record<string, string>> = { iso: '2026-03-01T09:30:00Z (iso)', sql: '2026-03-01 09:30:00 (sql)', unix: 'seconds since 1970 (unix)', 'unix-ms': 'milliseconds since 1970 (unix-ms)' };

/** A format as people know it. */
export const describeFormat = (format: string) => examples[format] ?? format;

export const defaultFormats = ['iso', 'sql'] as const;

/** Why these tokens cannot be used, if so: without a year the running one would be guessed. */
export function faultyFormat(format: string): string | undefined {
  if (Object.hasOwn(named, format)) return undefined;
  const tokens = format.replace(/'[^']*'/g, '');
  return /[ykoDfFXx]/.test(tokens) ? undefined : `the format "${format}" has no year; luxon tokens are used, for example d/M/yyyy HH:mm.`;
}

export const isZone = (zone: string) => DateTime.fromMillis(0, { zone }).isValid;

const REMEMBERED = 20_000;

/** Reads dates and times; undefined when no format fits. Texts already read are remembered, up to a bound. */
export function dateReader({ formats, zone, at, locale }: DateRules): (text: string) => DateTime | undefined {
  const readers = formats.map((format) => ({ read: named[format] ?? ((text: string, options: DateTimeOptions) => DateTime.fromFormat(text, format, options)), dateOnly: isDateOnly(format) }));
  const [hour = 0, minute = 0, second = 0] = (at ?? '').split(':').filter(Boolean).map(Number);
  const known = new Map<string, DateTime | undefined>();
  const readText = (text: string) => {
    for (const { read, dateOnly } of readers) {
      const time = read(text, { zone, locale });
      if (time?.isValid) return at !== undefined && dateOnly(text) ? time.set({ hour, minute, second }) : time;
    }
    return undefined;
  };
  return (text) => {
    if (known.has(text)) return known.get(text);
    if (known.size >= REMEMBERED) known.clear();
    const time = readText(text);
    known.set(text, time);
    return time;
  };
}

function isDateOnly(format: string): (text: string) => boolean {
  if (format === 'iso' || format === 'sql') return (text) => !/[T: ]\d/.test(text);
  const timed = Object.hasOwn(named, format) || /[HhtTFfXx]/.test(format.replace(/'[^']*'/g, ''));
  return () => !timed;
}
