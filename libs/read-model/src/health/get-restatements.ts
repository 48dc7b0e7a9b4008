import { Query } from '@nestjs/cqrs';
import { readStreamsRows } from '#event-store';
import { type DataFor, refKey } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { read, type ReadModelOptions } from '../reading.js';
import type { HealthOptions } from './get-health.js';
import { type Evidence, evidenceOf } from './health-answer.js';

type Said = DataFor<'insight.metric-restated'>;

export interface RestatementAnswer extends Omit<Said, 'customer' | 'metric' | 'because'> {
  /** The late facts, the latest of them. */
  readonly because: readonly Evidence[];
  readonly say: string;
}

export interface RestatementsAnswer {
  readonly customer: string;
  readonly askedAs: string | null;
  /** The newest first, at most 100. */
  readonly restatements: readonly RestatementAnswer[];
}

export class GetRestatements extends Query<RestatementsAnswer> {
  constructor(readonly options: Pick<HealthOptions, 'tenant' | 'customer'>) {
    super();
  }
}

const MOST = 100;
const NAMED = 3;

/** Which figures of closed days became others since they were said, and because of what. */
export async function getRestatements(model: ReadModelOptions, { tenant, customer }: GetRestatements['options']): Promise<RestatementsAnswer> {
  return read(model.reader, tenant, async (sql) => {
    await customerRow(sql, tenant, customer);
    const { root, members, askedAs } = await togetherOf(sql, tenant, customer);
    const said = (await readStreamsRows(sql, tenant, 'insight', members, Number.MAX_SAFE_INTEGER, ['insight.metric-restated'])).slice(-MOST).reverse().map(({ data }) => data as Said);
    const facts = new Map(said.length === 0 ? [] : (await storyOf(sql, tenant, { members })).map((fact) => [refKey(fact), fact]));
    return {
      customer: root, askedAs,
      restatements: said.map(({ customer: _, metric: __, because, ...figures }) => {
        const evidence = because.flatMap((ref) => evidenceOf(facts.get(refKey(ref))));
        return { ...figures, because: evidence, say: sayRestated(figures, evidence) };
      }),
    };
  });
}


function sayRestated({ day, was, is, wasBand, isBand, knownSince }: Pick<Said, 'day' | 'was' | 'is' | 'wasBand' | 'isBand' | 'knownSince'>, because: readonly Evidence[]): string {
  const figure = (score: number | null, band: string) => score ?? band;
  const named = because.slice(-NAMED).map(({ type, source, id }) => `${type} (${source} ${id})`);
  const more = because.length > NAMED ? ` and ${because.length - NAMED} more` : '';
  const became = was === is ? `${wasBand} became ${isBand}` : `${figure(was, wasBand)} became ${figure(is, isBand)}`;
  return `Restated: ${became} on ${day}, known since ${knownSince.slice(0, 16).replace('T', ' ')} UTC, because of ${named.join(', ')}${more}.`;
}
