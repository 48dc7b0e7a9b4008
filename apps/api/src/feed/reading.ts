import { Inject, Injectable } from '@nestjs/common';
import { formatPosition, parsePosition, type Position } from '#journey';
import { type EventFilter, Feed, type FeedReader, parseFilter, passingOf, startAt, type Start } from '#outbound';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerIds } from '../reads/customer-ids.js';
import type { FeedQuery } from './feed.dto.js';

/** Fields of a filter, and the parameters that they are of. */
const PARAMETERS: Readonly<Record<string, string>> = { types: 'type', categories: 'category', segments: 'segment', customers: 'customer' };

const POSITION = /^\d{1,9}\.\d{1,15}$/;

/** What a request of the feed asks for. */
@Injectable()
export class FeedReadings {
  constructor(@Inject(Feed) private readonly feed: Feed, @Inject(Connections) private readonly connections: Connections, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** `lastId`: where a stream broke off, which counts before all that its address says. @throws ApiProblem, ForeignEpoch */
  async open({ tenant, role }: Caller, query: FeedQuery, lastId?: string): Promise<FeedReader> {
    const unseal = query.unseal === 'true';
    if (unseal && !mayDo(role, 'customers:read')) throw new ApiProblem('forbidden', `A key of role ${role} gets personal fields sealed only: for \`unseal\` it lacks the scope customers:read.`);
    const start = startOf(query, lastId);
    const filter = await this.filterOf(tenant, query);
    return this.feed.open({ view: { tenant, unseal }, from: parsePosition(await this.placeOf(start)), ...passingOf(filter) });
  }

  private async placeOf(start: Start): Promise<Position> {
    const { store, worker } = this.connections;
    return await startAt(store, worker, start) ?? formatPosition(parsePosition(await store.head()).epoch, 0);
  }

  private async filterOf(tenant: string, { type, category, segment, customer }: FeedQuery): Promise<EventFilter> {
    const sent = {
      ...(type !== undefined && { types: listOf(type) }), ...(category !== undefined && { categories: [category] }),
      ...(segment !== undefined && { segments: listOf(segment) }), ...(customer !== undefined && { customers: await this.ids.findKnown(tenant, listOf(customer), () => '/customer') }),
    };
    const parsed = parseFilter(sent);
    if ('filter' in parsed) return parsed.filter;
    const errors = parsed.flaws.map(({ pointer, detail }) => ({ pointer: `/${PARAMETERS[pointer.split('/')[1]!]!}`, detail }));
    throw new ApiProblem('invalid-parameter', errors[0]!.detail, { errors });
  }
}

const listOf = (text: string): string[] => text.split(',').map((each) => each.trim());

function startOf({ after, from }: FeedQuery, lastId: string | undefined): Start {
  if (lastId !== undefined) {
    if (POSITION.test(lastId)) return { position: lastId };
    throw new ApiProblem('bad-request', 'Last-Event-ID must be the id of an event of this stream, a position such as 1.42.');
  }
  if (after !== undefined && from !== undefined) throw new ApiProblem('invalid-parameter', 'Give `after` or `from`, not both.', { errors: [{ pointer: '/from', detail: 'Give `after` or `from`, not both.' }] });
  if (after !== undefined) return { position: after };
  return from === undefined || from === 'beginning' || from === 'now' ? from ?? 'beginning' : { time: from };
}
