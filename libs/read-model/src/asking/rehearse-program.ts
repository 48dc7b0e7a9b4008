import { DateTime } from 'luxon';
import { readTold } from '#event-store';
import { effectiveEvents, type Instrument, type Program, rehearse } from '#journey';
import { read, type Reading } from '../reading.js';
import { calendarOf } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import { tenantStories } from '../whole-history/stories.js';

/** One person whom a program would have asked, or held back; `reason` null: asked. */
export interface RehearsedLine {
  readonly customer: string;
  readonly contact: string | null;
  readonly at: string;
  readonly reason: string | null;
  readonly ticket: string | null;
}

/** Whom a program would have asked in days that are over, and whom not and why. */
export interface ProgramRehearsal {
  readonly from: string;
  readonly to: string;
  readonly customers: number;
  /** Customers of whom a fact cannot be read. */
  readonly held: number;
  readonly asked: number;
  readonly people: number;
  readonly suppressed: Readonly<Record<string, number>>;
  /** The latest first, at most 200. */
  readonly lines: readonly RehearsedLine[];
}

const MOST_LINES = 200;
const MORNING = 9;

/** Nothing is recorded, and nobody is asked. @throws the reason of an aborted signal */
export async function rehearseProgram({ reader, now }: Reading, { tenant, program, instrument, days }: { readonly tenant: string; readonly program: Program; readonly instrument: Instrument; readonly days: number }, signal: AbortSignal): Promise<ProgramRehearsal> {
  const { final } = await reader.statements(readTold);
  const until = now();
  const { timeZone, erased } = await read(reader, tenant, async (sql) => ({
    timeZone: (await calendarOf(sql, tenant, until)).timeZone,
    erased: new Set((await sql.query<{ contact: string }>(`select substr(subject, 9) as contact from erasure where tenant = $1 and subject like 'contact:%'`, [tenant])).map(({ contact }) => contact)),
  }));
  const mornings = morningsOf(until, days, timeZone);
  const rehearsal = { program, instrument, erased, mornings, idOf: (parts: readonly string[]) => parts.join('/'), dayOf: (instant: string) => DateTime.fromISO(instant, { zone: timeZone }).toISODate()! };
  const breathe = breather(signal);
  const lines: RehearsedLine[] = [];
  let [customers, held] = [0, 0];
  for await (const { customer, events } of tenantStories(reader, { tenant, upTo: final, knownAt: until.toISOString() })) {
    await breathe();
    customers += 1;
    try {
      for (const { at, answer: { type, data } } of rehearse(customer, effectiveEvents(events), rehearsal)) {
        lines.push({ customer, contact: data.contact === undefined ? null : String(data.contact), at, reason: type === 'survey.suppressed' ? data.reason : null, ticket: data.ticket ?? null });
      }
    } catch {
      held += 1;
    }
  }
  const asked = lines.filter(({ reason }) => reason === null);
  const suppressed: Record<string, number> = {};
  for (const { reason } of lines) if (reason !== null) suppressed[reason] = (suppressed[reason] ?? 0) + 1;
  return {
    from: mornings[0]!, to: mornings.at(-1)!, customers, held, asked: asked.length, people: new Set(asked.map(({ contact }) => contact)).size, suppressed,
    lines: lines.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST_LINES),
  };
}

/** Nine o'clock of each of the last days, by the tenant's clock; and now. */
function morningsOf(now: Date, days: number, zone: string): string[] {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  return [...Array.from({ length: days }, (_, place) => today.minus({ days: days - place }).set({ hour: MORNING }).toUTC().toISO()!), now.toISOString()];
}
