import { Query } from '@nestjs/cqrs';
import { livedThrough, type OutageFigures, outageFiguresOf, type OutageLived } from '#insight';
import { outageIn, outagesTable } from '../outages/outages-table.js';
import { read, type ReadModelOptions } from '../reading.js';
import { type Calendar } from '../tenant.js';
import { customersOf } from './load.js';
import { rounded } from './measures.js';
import { rowsAt } from './rows-at.js';
import { windowOf, type WindowOptions } from './window.js';

/** One outage at one customer; lengths in minutes, times RFC 3339. */
export interface OutageAtCustomer extends OutageLived {
  readonly customer: string;
  readonly name: string | null;
  readonly startedAt: string;
  readonly detectedAt: string;
  readonly reportedAt: string | null;
  readonly resolvedAt: string | null;
  readonly messages: readonly string[];
  readonly etas: readonly string[];
}

export interface OutageTold {
  readonly outage: string;
  readonly service: string | null;
  readonly figures: OutageFigures;
  /** Those who waited longest for a word first. */
  readonly customers: readonly OutageAtCustomer[];
}

export interface OutagesAnswer {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** Over all outages of all customers: one that hit five counts five times. */
  readonly figures: OutageFigures;
  /** The newest first. */
  readonly outages: readonly OutageTold[];
  readonly method: string;
}

export class GetOutages extends Query<OutagesAnswer> {
  constructor(readonly options: WindowOptions) {
    super();
  }
}

const DAYS = 365;
const METHOD = 'Lag: from when we saw it (where nobody says: when it began) to our first word; those without a word while it lasted count as far as it has lasted (Kaplan-Meier). Told first: our first word came while it lasted, and before their first report or without one. '
  + 'Error of the named end: minutes by which it was over later (above 0) or earlier, first and last end named while it lasted. Silence: the longest stretch without a word, from when we saw it to its end. Words an hour: of those that lasted at least an hour; null where none did. Intervals are of 95 %: Wilson for shares, Student for means.';

export async function getOutages(model: ReadModelOptions, options: WindowOptions): Promise<OutagesAnswer> {
  return read(model.reader, options.tenant, async (sql) => {
    const window = await windowOf(sql, options, model.now(), DAYS);
    const customers = await customersOf(sql, options.tenant);
    const rows = (await rowsAt(sql, outagesTable, options.tenant, window, { by: ['started_at'] })).sort((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at) || (a.customer < b.customer ? -1 : 1));
    const names = [...new Set(rows.map(({ entity }) => entity))];
    return rounded({
      today: window.calendar.today, from: window.from, to: window.to, asOf: window.until, method: METHOD, figures: outageFiguresOf(rows.map(outageIn), window.until),
      outages: names.map((outage): OutageTold => {
        const own = rows.filter(({ entity }) => entity === outage);
        const lived = own.map((row): OutageAtCustomer => ({
          customer: row.customer, name: customers.get(row.customer)?.name ?? null, startedAt: row.started_at, detectedAt: row.detected_at, reportedAt: row.first_report_at, resolvedAt: row.resolved_at, messages: row.messages, etas: row.etas,
          ...livedThrough(outageIn(row), window.until),
        }));
        return { outage, service: own.find(({ service }) => service !== null)?.service ?? null, figures: outageFiguresOf(own.map(outageIn), window.until), customers: lived.sort((a, b) => b.notice.minutes - a.notice.minutes) };
      }),
    });
  });
}
