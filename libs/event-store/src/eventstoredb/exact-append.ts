import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Proposed } from './envelope.js';

/**
 * Appends exactly after a revision (-1: to a stream that is not there), in a call of its own, of the client's own messages and by its own means. The client's `appendToStream` is not asked: its
 * stream of batches ends the process when one of two is broken off, and names a moment as its deadline, which a server with another clock takes for past.
 * @returns false when something else stands there
 */
export async function appendExactly(client: EventStoreDBClient, stream: string, revision: number, events: readonly Proposed[]): Promise<boolean> {
  const { StreamsClient, requests, convertToCommandError } = await parts();
  return client['execute'](StreamsClient, 'append', (grpc) => new Promise<boolean>((resolve, reject) => {
    const call = grpc.append(...client['callArguments']({}), (error, answer) => {
      if (error) reject(convertToCommandError(error));
      else if (answer.hasSuccess() || answer.hasWrongExpectedVersion()) resolve(answer.hasSuccess());
      else reject(new Error(`EventStoreDB says neither that an append to ${stream} was stored nor that it was not.`));
    });
    call.on('error', reject);
    for (const request of requests(stream, revision, events)) call.write(request);
    call.end();
  }));
}

/** Loaded when they are first needed. */
async function parts() {
  const [messages, shared, service, errors] = await Promise.all([
    import('@eventstore/db-client/generated/streams_pb.js'), import('@eventstore/db-client/generated/shared_pb.js'), import('@eventstore/db-client/generated/streams_grpc_pb.js'),
    import('@eventstore/db-client/dist/utils/CommandError.js'),
  ]);
  const { AppendReq } = messages.default;
  const { Empty, StreamIdentifier, UUID } = shared.default;
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
  const requests = (stream: string, revision: number, events: readonly Proposed[]) => {
    const [first, options, name] = [new AppendReq(), new AppendReq.Options(), new StreamIdentifier()];
    name.setStreamName(bytes(stream));
    options.setStreamIdentifier(name);
    if (revision < 0) options.setNoStream(new Empty());
    else options.setRevision(String(revision));
    first.setOptions(options);
    return [first, ...events.map(({ id, type, data, metadata }) => {
      const [request, message, uuid] = [new AppendReq(), new AppendReq.ProposedMessage(), new UUID()];
      uuid.setString(id);
      message.setId(uuid);
      message.getMetadataMap().set('type', type).set('content-type', 'application/json');
      message.setData(bytes(JSON.stringify(data)));
      message.setCustomMetadata(bytes(JSON.stringify(metadata)));
      request.setProposedMessage(message);
      return request;
    })];
  };
  return { StreamsClient: service.default.StreamsClient, requests, convertToCommandError: errors.default.convertToCommandError };
}
