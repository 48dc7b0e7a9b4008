import { Query } from '@nestjs/cqrs';
import { ForeignEpoch, readPositions, type Sql } from '#event-store';
import { ARITHMETIC } from '#insight';
import { formatPosition, parsePosition } from '#journey';
import { knownUntil } from '../health/known.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { type Calendar, calendarOf } from '../tenant.js';
import { type Certificate, FORMAT, ownDigest } from './certificate.js';
import { certify, type Place } from './certify.js';
import { type Difference, differencesOf } from './differences.js';
import { placeIn } from './get-certificate.js';

/** Whether a certificate holds, and if not, what differs. */
export interface CertificateCheck {
  readonly holds: boolean;
  readonly digest: string;
  readonly say: string;
  readonly differences: readonly Difference[];
}

/** Holds a certificate against the log. */
export class CheckCertificate extends Query<CertificateCheck> {
  constructor(readonly options: { readonly tenant: string; readonly certificate: Certificate }) {
    super();
  }
}

/** `certificate` has every field that its type names; what more it has, and what all of it says, is held against the log. */
export async function checkCertificate(model: ReadModelOptions, { tenant, certificate }: CheckCertificate['options']): Promise<CertificateCheck> {
  const strange = strangeness(tenant, certificate);
  if (strange !== null) return answer(certificate, [{ part: 'certificate', say: strange }]);
  const digest = ownDigest(certificate);
  const altered: Difference[] = digest === certificate.digest ? [] : [{ part: 'certificate', say: 'The certificate was altered after it was made: its digest is not that of what it says.' }];
  const until = await knownUntil(model.reader, certificate.knownAt);
  const place = await model.reader.statements((sql) => standing(sql, certificate));
  if ('part' in place) return answer(certificate, [...altered, place]);
  return read(model.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, model.now());
    const now = await certify(sql, { ...certificate, timeZone: calendar.timeZone }, place, { list: true });
    const found = [...altered, ...tooEarly(certificate, calendar, until), ...differencesOf(certificate, now, await namesOf(sql, certificate, now))];
    return answer(certificate, found.length > 0 || digest === now.digest ? found : [{ part: 'certificate', say: `The log gives another certificate: that one has the digest ${now.digest}.` }]);
  });
}

/** What needs no look into the log: what is no certificate of this tenant as they are handed out; null where all is well. */
function strangeness(tenant: string, { format, tenant: of, asOf, knownAt, position }: Certificate): string | null {
  if (format !== FORMAT) return `This release checks certificates of the format ${FORMAT}, not of ${format}.`;
  if (of !== tenant) return 'The certificate is of another tenant than the key.';
  const odd = [asOf, knownAt].find((moment) => new Date(moment).toISOString() !== moment);
  if (odd !== undefined) return `A certificate has its moments in UTC with milliseconds, not as ${odd}.`;
  const { epoch, n } = parsePosition(position);
  return formatPosition(epoch, n) === position ? null : `A certificate has its position as ${formatPosition(epoch, n)}, not as ${position}.`;
}

/** Nobody is given a certificate of a time that has not come. */
function tooEarly({ asOf, knownAt }: Certificate, { today, dayOf }: Calendar, until: string): Difference[] {
  const say = [
    ...(knownAt > until ? [`What will be known at ${knownAt} nobody knows yet: it is ${until}.`] : []),
    ...(dayOf(asOf) > Math.max(today.day, dayOf(until)) ? [`The day of ${asOf} has not come: it is ${until}.`] : []),
  ];
  return say.map((each) => ({ part: 'certificate', say: each }));
}

/** Where the position of a certificate lies in this life of the log: what both lives have in common stays as it was. */
async function standing(sql: Sql, { position }: Certificate): Promise<Place | Difference> {
  try {
    return await placeIn(sql, position);
  } catch (error) {
    if (error instanceof QueryRefused) return { part: 'log', say: `${error.message} The certificate is of a later state of the log than this one.` };
    if (!(error instanceof ForeignEpoch)) throw error;
    if (!error.lived) return { part: 'log', say: `The position ${position} is of a life that this log never had; it stands at ${error.current}. The certificate is of another log.` };
    const [common, { n }] = [parsePosition(error.common), parsePosition(position)];
    return n <= common.n ? { epoch: parsePosition(error.current).epoch, n } : { part: 'log', say: `The log was restored to an earlier state: it has lost what stood between ${error.common} and ${position}, on which the certificate may stand.` };
  }
}

/** What events at positions that only the log knows, or knows otherwise, are called. */
async function namesOf(sql: Sql, { events: { list } }: Certificate, { tenant, events }: Certificate): Promise<ReadonlyMap<number, string>> {
  if (list === undefined) return new Map();
  const said = new Map(list.map(({ position, digest }) => [position, digest]));
  const odd = events.list!.filter(({ position, digest }) => said.get(position) !== digest).map(({ position }) => position);
  return new Map((await readPositions(sql, tenant, odd)).map(({ position, type, source, id }) => [parsePosition(position).n, `${type} (${source} ${id})`]));
}

function answer({ customer, digest, asOf, position, arithmetic }: Certificate, differences: readonly Difference[]): CertificateCheck {
  const holds = differences.length === 0;
  const say = holds
    ? `The certificate holds: the log up to ${position} and arithmetic ${ARITHMETIC} give the same figures for ${customer} as of ${asOf}.`
    : `The certificate does not hold${arithmetic === ARITHMETIC ? '' : `, or cannot be told to, as arithmetic ${arithmetic} is gone`}: ${differences.length === 1 ? 'one thing differs' : `${differences.length} things differ`}.`;
  return { holds, digest, say, differences };
}
