import { Query } from '@nestjs/cqrs';
import { type Attention, ATTENTION_RULE, attentionByQuarter, attentionOf, type AttentionOfQuarter, meetingsIn, type Quarter, quarterAfter, quarterOf, quarterOfDay } from '#insight';
import type { Position } from '#journey';
import { rounded } from '../experience/measures.js';
import { momentOf } from '../health/moments.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { type Calendar, calendarOf } from '../tenant.js';
import { companyFacts } from './gather.js';

export interface AttentionOptions {
  readonly tenant: string;
  /** Quarters such as 2026-Q3, both included; left out: the last five, up to the one that runs. */
  readonly from?: string;
  readonly to?: string;
  /** Meetings held by then count, as what was told by now says of them: an instant, or the end of a day; now where it is left out. */
  readonly asOf?: string;
}

export interface AttentionAnswer {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** Of the last fact that counted; null where there is none. */
  readonly position: Position | null;
  readonly total: Attention;
  /** Quarters of which meetings were recorded, of those asked for. */
  readonly coverage: { readonly measured: number; readonly of: number };
  readonly missing: string | null;
  /** The earliest first. */
  readonly quarters: readonly (AttentionOfQuarter & { readonly missing: string | null })[];
  readonly method: string;
}

export class GetAttention extends Query<AttentionAnswer> {
  constructor(readonly options: AttentionOptions) {
    super();
  }
}

const QUARTERS = 5;
const MOST = 40;
const MISSING = 'not measured; needs company.meeting-held';

/** Minutes of the board and the management on customers, by quarter. @throws QueryRefused naming the parameter */
export async function getAttention({ reader, now }: ReadModelOptions, { tenant, from, to, asOf }: AttentionOptions): Promise<AttentionAnswer> {
  return read(reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, now());
    const until = momentOf(asOf, 'asOf', calendar);
    const last = to === undefined ? quarterOfDay(calendar.dayOf(until)) : quarterIn(to, 'to');
    const first = from === undefined ? quarterAfter(last, 1 - QUARTERS) : quarterIn(from, 'from');
    if (first.from > last.from) throw new QueryRefused('invalid-parameter', `from must not be after to, ${last.name}.`, 'from');
    if (quarterAfter(first, MOST).from <= last.from) throw new QueryRefused('invalid-parameter', `from must be at most ${MOST} quarters before to.`, 'from');
    const facts = (await companyFacts(sql, tenant)).filter(({ type }) => type === 'company.meeting-held');
    const meetings = meetingsIn(facts);
    const quarters = attentionByQuarter(meetings, { from: first, to: last, until: calendar.dayOf(until) });
    const counted = quarters.flatMap(({ meetings: own }) => own);
    const total = attentionOf(counted);
    const missingOf = ({ share }: Attention) => (share === null ? MISSING : null);
    return rounded({
      today: calendar.today, from: first.name, to: last.name, asOf: until, position: facts.at(-1)?.position ?? null, total, missing: missingOf(total), coverage: { measured: quarters.filter(({ share }) => share !== null).length, of: quarters.length },
      quarters: quarters.map((quarter) => ({ ...quarter, missing: missingOf(quarter) })), method: ATTENTION_RULE,
    });
  });
}

function quarterIn(text: string, name: string): Quarter {
  const quarter = quarterOf(text);
  if (!quarter) throw new QueryRefused('invalid-parameter', `${name} must be a quarter like 2026-Q3.`, name);
  return quarter;
}
