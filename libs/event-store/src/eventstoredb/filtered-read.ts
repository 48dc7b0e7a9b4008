import type { EventStoreDBClient, RecordedEvent } from '@eventstore/db-client';
import { flowing } from './flowing.js';
import type { ServerFilter } from './filter.js';

interface Wanted {
  readonly from: number | null;
  readonly filter: ServerFilter;
  readonly backwards: boolean;
  readonly count?: number;
}

/**
 * Reads all events that pass a filter on the server. The protocol has that, the last release of the client (6.2.1) does not: it filters subscriptions only. So the request
 * is made here of the client's own messages and sent by its own means, which it keeps for itself; the version is pinned, and no newer one will come.
 */
export async function* readFiltered(client: EventStoreDBClient, wanted: Wanted): AsyncGenerator<RecordedEvent> {
  const { StreamsClient, request, convertGrpcEvent, ReadStream } = await parts();
  const create = client['GRPCStreamCreator'](StreamsClient, 'readAll', (grpc) => grpc.read(request(wanted), ...client['callArguments']({ requiresLeader: true }, { deadline: Infinity })));
  const reading = new ReadStream(create, convertGrpcEvent, {});
  for await (const { event } of flowing<{ event?: RecordedEvent }>(reading, () => reading.cancel())) if (event) yield event;
}

/** Loaded when they are first needed. */
async function parts() {
  const [messages, shared, service, converting, streaming] = await Promise.all([
    import('@eventstore/db-client/generated/streams_pb.js'), import('@eventstore/db-client/generated/shared_pb.js'), import('@eventstore/db-client/generated/streams_grpc_pb.js'),
    import('@eventstore/db-client/dist/utils/convertGrpcEvent.js'), import('@eventstore/db-client/dist/streams/utils/ReadStream.js'),
  ]);
  const { ReadReq } = messages.default;
  const { Empty } = shared.default;
  const request = ({ from, filter, backwards, count }: Wanted) => {
    const [asked, options, all, wanted, expression, ids] = [
      new ReadReq(), new ReadReq.Options(), new ReadReq.Options.AllOptions(), new ReadReq.Options.FilterOptions(), new ReadReq.Options.FilterOptions.Expression(), new ReadReq.Options.UUIDOption()];
    if (from !== null) {
      const place = new ReadReq.Options.Position();
      place.setCommitPosition(String(from));
      place.setPreparePosition(String(from));
      all.setPosition(place);
    } else if (backwards) all.setEnd(new Empty());
    else all.setStart(new Empty());
    if ('regex' in filter) expression.setRegex(filter.regex);
    else expression.setPrefixList([...filter.prefixes]);
    if (filter.on === 'stream') wanted.setStreamIdentifier(expression);
    else wanted.setEventType(expression);
    wanted.setCount(new Empty());
    wanted.setCheckpointintervalmultiplier(1);
    ids.setString(new Empty());
    options.setAll(all);
    options.setReadDirection(backwards ? ReadReq.Options.ReadDirection.BACKWARDS : ReadReq.Options.ReadDirection.FORWARDS);
    options.setCount(String(count ?? Number.MAX_SAFE_INTEGER));
    options.setFilter(wanted);
    options.setUuidOption(ids);
    asked.setOptions(options);
    return asked;
  };
  return { StreamsClient: service.default.StreamsClient, request, convertGrpcEvent: converting.default.convertGrpcEvent, ReadStream: streaming.default.ReadStream };
}
