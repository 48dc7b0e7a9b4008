import { type sendUnaryData, type ServerDuplexStream, type ServerReadableStream, status } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { expectedOf, identifierOf, nameOf, proposedOf } from './messages.js';
import type { Appended, Expected, Proposed } from './stand-in-log.js';

/** Takes an append: `store` may fail in place of the server, before or after the events were stored. */
export type Store = (stream: string, expected: Expected, events: readonly Proposed[]) => Appended;

export class Failing extends Error {
  constructor(readonly code: number, message: string) {
    super(message);
  }
}

export function append(store: Store, call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
  let options: AppendReq.Options | undefined;
  const events: Proposed[] = [];
  call.on('data', (request: AppendReq) => {
    if (request.hasOptions()) options = request.getOptions();
    else events.push(proposedOf(request.getProposedMessage()!));
  });
  call.on('end', () => {
    const expected = expectedOf(options!);
    try {
      const appended = store(nameOf(options!.getStreamIdentifier()!), expected, events);
      if (appended.outcome === 'corrupted') throw new Failing(status.INVALID_ARGUMENT, 'Invalid transaction');
      answer(null, appended.outcome === 'ok' ? success(appended) : wrongVersion(appended.current, expected));
    } catch (error) {
      answer({ code: error instanceof Failing ? error.code : status.INTERNAL, details: String(error) });
    }
  });
}

/** Appends of one call come in one stream, each in pieces that its correlation id holds together. */
export function batchAppend(store: Store, call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
  const open = new Map<string, { readonly options: BatchAppendReq.Options; readonly events: Proposed[] }>();
  call.on('data', (request: BatchAppendReq) => {
    const key = request.getCorrelationId()!.getString();
    const one = open.get(key) ?? { options: request.getOptions()!, events: [] };
    open.set(key, one);
    one.events.push(...request.getProposedMessagesList().map(proposedOf));
    if (!request.getIsFinal()) return;
    open.delete(key);
    const stream = nameOf(one.options.getStreamIdentifier()!);
    const response = new streams.BatchAppendResp();
    response.setCorrelationId(request.getCorrelationId());
    response.setStreamIdentifier(identifierOf(stream));
    try {
      const expected = expectedOf(one.options);
      const appended = store(stream, expected, one.events);
      if (appended.outcome === 'ok') response.setSuccess(batchSuccess(appended));
      else if (appended.outcome === 'wrong') response.setError(errorOf('WrongExpectedVersion', wrongDetails(appended.current, expected)));
      else response.setError(errorOf('InvalidTransaction', new shared.InvalidTransaction()));
      call.write(response);
    } catch (error) {
      call.emit('error', { code: error instanceof Failing ? error.code : status.INTERNAL, details: String(error) });
    }
  });
  call.on('end', () => call.end());
}

function success({ last, position }: { last: number; position: number }): AppendResp {
  const [response, done, place] = [new streams.AppendResp(), new streams.AppendResp.Success(), new streams.AppendResp.Position()];
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  done.setCurrentRevision(String(last));
  done.setPosition(place);
  response.setSuccess(done);
  return response;
}

function batchSuccess({ last, position }: { last: number; position: number }): BatchAppendResp.Success {
  const [done, place] = [new streams.BatchAppendResp.Success(), new shared.AllStreamPosition()];
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  done.setCurrentRevision(String(last));
  done.setPosition(place);
  return done;
}

function wrongVersion(current: number | null, expected: Expected): AppendResp {
  const [response, wrong] = [new streams.AppendResp(), new streams.AppendResp.WrongExpectedVersion()];
  if (current === null) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(current));
  if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  response.setWrongExpectedVersion(wrong);
  return response;
}

function wrongDetails(current: number | null, expected: Expected) {
  const wrong = new shared.WrongExpectedVersion();
  if (current === null) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === 'no_stream') wrong.setExpectedNoStream(new empty.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new empty.Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  return wrong;
}

function errorOf(name: string, details: { serializeBinary(): Uint8Array }) {
  const [failed, packed] = [new statuses.Status(), new any.Any()];
  packed.pack(details.serializeBinary(), `event_store.client.${name}`, 'type.googleapis.com/');
  failed.setCode(9);
  failed.setMessage(name);
  failed.setDetails(packed);
  return failed;
}
