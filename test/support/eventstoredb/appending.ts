import { Metadata, type sendUnaryData, type ServerReadableStream, status } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { expectedOf, nameOf, proposedOf } from './messages.js';
import type { Appended, Expected, Proposed } from './stand-in-log.js';

/** Takes an append: `store` may fail in place of the server, before or after the events were stored, or (undefined) never answer. */
export type Store = (stream: string, expected: Expected, events: readonly Proposed[]) => Appended | undefined;

/** What a server says in place of an answer: a status, and mostly the name of the error with what belongs to it, by which the client knows it. */
export class Failing extends Error {
  readonly metadata = new Metadata();

  constructor(readonly code: number, message: string, named: Readonly<Record<string, string>> = {}) {
    super(message);
    for (const [name, value] of Object.entries(named)) this.metadata.set(name, value);
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
      if (!appended) return;
      answer(null, appended.outcome === 'ok' ? success(appended) : wrongVersion(appended.current, expected));
    } catch (error) {
      answer(error instanceof Failing ? { code: error.code, details: error.message, metadata: error.metadata } : { code: status.INTERNAL, details: String(error) });
    }
  });
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
