import { Query } from '@nestjs/cqrs';
import { ForeignEpoch, readPositions, type Sql } from '#event-store';
import { ARITHMETIC } from '#insight';
import { parsePosition } from '#journey';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
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

export async function checkCertificate(model: ReadModelOptions, { tenant, certificate }: CheckCertificate['options']): Promise<CertificateCheck> {
  const strange = strangeness(tenant, certificate);
  if (strange.length > 0) return answer(certificate, strange);
  const altered: Difference[] = ownDigest(certificate) === certificate.digest ? [] : [{ part: 'certificate', say: 'The certificate was altered after it was made: its digest is not that of what it says.' }];
  const place = await model.reader.statements((sql) => standing(sql, certificate));
  if ('part' in place) return answer(certificate, [...altered, place]);
  return read(model.reader, tenant, async (sql) => {
    const { timeZone } = await calendarOf(sql, tenant, model.now());
    const now = await certify(sql, { ...certificate, timeZone }, place, { list: true });
    return answer(certificate, [...altered, ...differencesOf(certificate, now, await namesOf(sql, certificate, now))]);
  });
}

/** What needs no look into the log. */
function strangeness(tenant: string, { format, tenant: of }: Certificate): Difference[] {
  if (format !== FORMAT) return [{ part: 'certificate', say: `This release checks certificates of the format ${FORMAT}, not of ${format}.` }];
  return of === tenant ? [] : [{ part: 'certificate', say: 'The certificate is of another tenant than the key.' }];
}

/** Where the position of a certificate lies in this life of the log: what both lives have in common stays as it was. */
async function standing(sql: Sql, { position }: Certificate): Promise<Place | Difference> {
  try {
    return await placeIn(sql, position);
  } catch (error) {
    if (error instanceof QueryRefused) return { part: 'log', say: `${error.message} The certificate is of a later state of the log than this one.` };
    if (!(error instanceof ForeignEpoch)) throw error;
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
