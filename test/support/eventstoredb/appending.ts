import { type sendUnaryData, type ServerReadableStream, status } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { expectedOf, nameOf, proposedOf } from './messages.js';
import type { Appended, Expected, Proposed } from './stand-in-log.js';

/** Takes an append: `store` may fail in place of the server, before or after the events were stored, or (undefined) never answer. */
export type Store = (stream: string, expected: Expected, events: readonly Proposed[]) => Appended | undefined;

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
      if (!appended) return;
      if (appended.outcome === 'corrupted') throw new Failing(status.INVALID_ARGUMENT, 'Invalid transaction');
      answer(null, appended.outcome === 'ok' ? success(appended) : wrongVersion(appended.current, expected));
    } catch (error) {
      answer({ code: error instanceof Failing ? error.code : status.INTERNAL, details: String(error) });
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
