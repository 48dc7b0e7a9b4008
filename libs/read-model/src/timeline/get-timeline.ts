import { Query } from '@nestjs/cqrs';
import { readPositions, type Sql, unseal } from '#event-store';
import { eventWords } from '#insight';
import { type JourneyEvent, needsRefold, parsePosition, upcast } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { dayParameter } from '../health/moments.js';
import { calendarOf, endOfDay } from '../tenant.js';
import { liveTable, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { correctionWords } from './correction-words.js';
import { timelineTable } from './timeline-projection.js';

export interface Touch {
  readonly position: string;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  /** What happened, as a clause: "a ticket was reopened"; of a correction, what it corrected, who did it and why. */
  readonly words: string;
  readonly occurredAt: string;
  readonly observedAt: string;
  readonly recordedAt: string;
  readonly witnessed: boolean;
  readonly actor: { readonly kind: string; readonly id: string };
  /** False when the fact was taken back. */
  readonly standing: boolean;
  /** As it was sent, personal fields opened; null where they were erased. */
  readonly data: Record<string, unknown>;
}

export interface TimelinePage {
  readonly customer: string;
  /** Our id of the customer that was asked for, where it is merged into this one; else null. */
  readonly askedAs: string | null;
  /** True when a fact that could not be told holds back the later ones: they are in the log, not yet here. */
  readonly held: boolean;
  readonly touches: readonly Touch[];
  readonly next: string | null;
}

export interface GetTimelineOptions {
  readonly tenant: string;
  readonly customer: string;
  /** `ticket`, `survey`, …; `x` for a tenant's own types. */
  readonly family?: string;
  /** Dates on the tenant's calendar, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export class GetTimeline extends Query<TimelinePage> {
  constructor(readonly options: GetTimelineOptions) {
    super();
  }
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~(\d{1,15})$/;

/** Every touch, also those of who is merged into the customer, newest first by when it happened. */
export async function getTimeline(model: ReadModelOptions, { tenant, customer, family, from, to, cursor, limit = 50 }: GetTimelineOptions): Promise<TimelinePage> {
  const [, before, beforePosition] = cursor === undefined ? [] : placeOf(cursor);
  return read(model.reader, tenant, async (sql) => {
    await customerRow(sql, tenant, customer);
    const { root, members, askedAs } = await togetherOf(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const { dayOf } = calendar;
    const after = from === undefined ? null : endOfDay(dayParameter(from, 'from') - 1, dayOf);
    const until = to === undefined ? null : endOfDay(dayParameter(to, 'to'), dayOf);
    const rows = await sql.query<{ position: string; occurred_at: Date; standing: boolean }>(
      `select position, occurred_at, standing from ${await liveTable(sql, 'timeline', timelineTable)}
       where tenant = $1 and customer = any($2) and ($3::text is null or family = $3)
         and ($4::timestamptz is null or (occurred_at, position) < ($4::timestamptz, $5::bigint))
         and ($7::timestamptz is null or occurred_at > $7) and ($8::timestamptz is null or occurred_at <= $8)
       order by occurred_at desc, position desc limit $6`,
      [tenant, members, family ?? null, before ?? null, beforePosition ?? null, limit + 1, after, until]);
    const page = rows.slice(0, limit);
    const events = await unseal(model.keys, sql, tenant, await readPositions(sql, tenant, page.map(({ position }) => Number(position))));
    const byPosition = new Map(events.map((event) => [parsePosition(event.position).n, lifted(event)]));
    const stream = events.some(needsRefold) ? await storyOf(sql, tenant, { members }) : [];
    const touches = page.map(({ position, occurred_at, standing }) => {
      const whole = byPosition.get(Number(position))!;
      const { stream: _stream, revision: _revision, version: _version, ...event } = whole;
      return { ...event, words: needsRefold(whole) ? correctionWords(whole, stream, calendar) : eventWords(event.type), occurredAt: occurred_at.toISOString(), standing };
    });
    const last = page.at(-1);
    return { customer: root, askedAs, held: await isHeld(sql, tenant, members), touches, next: rows.length > limit && last ? `${last.occurred_at.toISOString()}~${last.position}` : null };
  });
}

/** As its type reads today; a fact that this code cannot lift is told as it was sent. */
function lifted(event: JourneyEvent): JourneyEvent {
  try {
    return upcast(event);
  } catch {
    return event;
  }
}

async function isHeld(sql: Sql, tenant: string, customers: readonly string[]): Promise<boolean> {
  const parked = await sql.query(
    `select from parked join projection using (name) where name = 'timeline' and generation = live and tenant = $1 and customer = any($2)`, [tenant, customers]);
  return parked.length > 0;
}

function placeOf(cursor: string): readonly string[] {
  const place = CURSOR.exec(cursor);
  if (place && !Number.isNaN(Date.parse(place[1]!))) return place;
  throw new QueryRefused('invalid-parameter', 'This cursor is not one of ours. Ask for the first page again, without a cursor.', 'cursor');
}
