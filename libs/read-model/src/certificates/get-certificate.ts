import { Query } from '@nestjs/cqrs';
import { placeOf, readHorizon, type Sql } from '#event-store';
import { canonical, formatPosition, parsePosition, type Position, storedForm } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import type { HealthOptions } from '../health/get-health.js';
import { knownOf, knownUntil } from '../health/known.js';
import { momentOf } from '../health/moments.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import type { Certificate } from './certificate.js';
import { certify, eventsOf, type Place, type Subject } from './certify.js';

export interface CertificateOptions extends HealthOptions {
  /** Facts up to there count; all that are final when left out. */
  readonly position?: Position;
  /** Whether the position and digest of every event stand in it. */
  readonly list?: boolean;
}

/** Proves the health of a customer at a moment. */
export class GetCertificate extends Query<Certificate> {
  constructor(readonly options: CertificateOptions) {
    super();
  }
}

/** What such a certificate stands on: each event as one line, whose bytes are what is digested. */
export class GetCertificateEvents extends Query<readonly string[]> {
  constructor(readonly options: CertificateOptions) {
    super();
  }
}

export function getCertificate(model: ReadModelOptions, { list = false, ...options }: CertificateOptions): Promise<Certificate> {
  return onSubject(model, options, (sql, subject, place) => certify(sql, subject, place, { list }));
}

export function getCertificateEvents(model: ReadModelOptions, options: CertificateOptions): Promise<readonly string[]> {
  return onSubject(model, options, async (sql, subject, place) => (await eventsOf(sql, subject, place)).events.map((event) => canonical(storedForm(event))));
}

/** How far the log is final is asked before the snapshot is taken that answers: so it has all of it. */
async function onSubject<T>(model: ReadModelOptions, { tenant, customer, asOf, knownAt, position }: CertificateOptions, work: (sql: Sql, subject: Subject, place: Place) => Promise<T>): Promise<T> {
  const until = await knownUntil(model.reader, knownAt);
  const place = await model.reader.statements((sql) => placeIn(sql, position));
  return read(model.reader, tenant, async (sql) => {
    await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    return work(sql, {
      tenant, timeZone: calendar.timeZone, customer, asOf: momentOf(asOf, 'asOf', calendar), knownAt: knownOf(knownAt, calendar, until), position: position ?? formatPosition(place.epoch, place.n),
    }, place);
  });
}

/** @throws QueryRefused for a position that is not final yet @throws ForeignEpoch for one that a restore has lost */
export async function placeIn(sql: Sql, position: Position | undefined): Promise<Place> {
  const horizon = await readHorizon(sql);
  if (position === undefined) return horizon;
  if (parsePosition(position).epoch === horizon.epoch && parsePosition(position).n > horizon.n) throw new QueryRefused('not-yet-visible', `The log is final up to ${formatPosition(horizon.epoch, horizon.n)} and has not reached ${position} yet.`, 'position');
  return { epoch: horizon.epoch, n: await placeOf(sql, position, horizon) };
}
