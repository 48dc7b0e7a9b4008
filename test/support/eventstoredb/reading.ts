import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { eventOf, filterOf, identifierOf, nameOf } from './messages.js';
import type { Recorded, StandInLog } from './stand-in-log.js';

type Call = ServerWritableStream<ReadReq, ReadResp>;

const BACKWARDS = 1;

/** A read of a stream or of all, once or followed. */
export function read(log: StandInLog, call: Call): void {
  const options = call.request.getOptions()!;
  if (options.hasSubscription()) return subscribe(log, call);
  const stream = options.getStream();
  const found = stream ? streamPart(log.stream(nameOf(stream.getStreamIdentifier()!)), options) : allPart(log.all, options);
  if (stream && log.stream(nameOf(stream.getStreamIdentifier()!)).length === 0) call.write(notFound(nameOf(stream.getStreamIdentifier()!)));
  const count = Number(options.getCount());
  const passes = filterOf(options);
  for (const event of found.filter(passes).slice(0, count)) call.write(eventOf(event));
  call.end();
}

function streamPart(events: readonly Recorded[], options: ReadReq.Options): readonly Recorded[] {
  const stream = options.getStream()!;
  const backwards = Number(options.getReadDirection()) === BACKWARDS;
  const at = stream.hasStart() ? 0 : stream.hasEnd() ? events.length - 1 : Number(stream.getRevision());
  return backwards ? events.filter(({ revision }) => revision <= at).toReversed() : events.filter(({ revision }) => revision >= at);
}

/** From a position on, with the event there: so the server reads, and so the client's documentation has it. */
function allPart(events: readonly Recorded[], options: ReadReq.Options): readonly Recorded[] {
  const all = options.getAll()!;
  const backwards = Number(options.getReadDirection()) === BACKWARDS;
  const at = all.hasStart() ? 0 : all.hasEnd() ? Infinity : Number(all.getPosition()!.getCommitPosition());
  return backwards ? events.filter(({ position }) => position < at).toReversed() : events.filter(({ position }) => position >= at);
}

/** What comes after a position (without the event there), then "caught up", then what is appended; checkpoints while nothing passes the filter. */
function subscribe(log: StandInLog, call: Call): void {
  const options = call.request.getOptions()!;
  const passes = filterOf(options);
  const all = options.getAll()!;
  const window = Math.max(1, (options.getFilter()?.getMax() || 32) * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1));
  const after = all.hasStart() ? -1 : all.hasEnd() ? log.all.at(-1)?.position ?? -1 : Number(all.getPosition()!.getCommitPosition());
  let [place, passed, ended] = [log.all.findIndex(({ position }) => position > after), 0, false];
  if (place < 0) place = log.all.length;
  const goOn = () => {
    for (; place < log.all.length && !ended; place++) {
      const event = log.all[place]!;
      if (passes(event)) call.write(eventOf(event));
      if (options.hasFilter() && ++passed % window === 0) call.write(checkpoint(event.position));
    }
  };
  call.write(confirmation());
  goOn();
  call.write(caughtUp());
  const deafen = log.onGrowth(goOn);
  call.on('cancelled', () => {
    ended = true;
    deafen();
    call.end();
  });
}

function confirmation(): ReadResp {
  const response = new streams.ReadResp();
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId('stand-in');
  response.setConfirmation(confirmed);
  return response;
}

function caughtUp(): ReadResp {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

function checkpoint(position: number): ReadResp {
  const response = new streams.ReadResp();
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(String(position));
  reached.setPreparePosition(String(position));
  response.setCheckpoint(reached);
  return response;
}

function notFound(stream: string): ReadResp {
  const response = new streams.ReadResp();
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  response.setStreamNotFound(missing);
  return response;
}
