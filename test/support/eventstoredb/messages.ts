import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { Expected, Proposed, Recorded } from './stand-in-log.js';

export const nameOf = (identifier: StreamIdentifier): string => Buffer.from(identifier.getStreamName_asU8()).toString('utf8');

export function identifierOf(name: string): StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Uint8Array.from(Buffer.from(name)));
  return identifier;
}

export function proposedOf(message: AppendReq.ProposedMessage): Proposed {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()!.getString(), type: metadata.get('type') ?? '', contentType: metadata.get('content-type') ?? '',
    data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8(),
  };
}

/** What an append expects. */
export function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return Number(options.getRevision());
}

export function eventOf(recorded: Recorded): ReadResp {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(uuidOf(recorded.id));
  event.setStreamIdentifier(identifierOf(recorded.stream));
  event.setStreamRevision(String(recorded.revision));
  event.setCommitPosition(String(recorded.position));
  event.setPreparePosition(String(recorded.position));
  event.setData(recorded.data);
  event.setCustomMetadata(recorded.metadata);
  event.getMetadataMap().set('type', recorded.type).set('content-type', recorded.contentType).set('created', String(recorded.created));
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(event);
  read.setCommitPosition(String(recorded.position));
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

export function uuidOf(text: string): UUID {
  const uuid = new shared.UUID();
  uuid.setString(text);
  return uuid;
}

/** Whether an event passes the filter of a read; without one every event does, those of the system too. */
export function filterOf(options: ReadReq.Options): (event: Recorded) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = (filter.getStreamIdentifier() ?? filter.getEventType())!;
  const text = filter.hasStreamIdentifier() ? ({ stream }: Recorded) => stream : ({ type }: Recorded) => type;
  const pattern = expression.getRegex() === '' ? null : new RegExp(expression.getRegex());
  return (event) => (pattern ? pattern.test(text(event)) : expression.getPrefixList().some((prefix) => text(event).startsWith(prefix)));
}
