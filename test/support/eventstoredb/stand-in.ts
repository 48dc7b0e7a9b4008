import { Server, ServerCredentials, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { append, Failing, type Store } from './appending.js';
import { uuidOf } from './messages.js';
import { read } from './reading.js';
import { type Appended, type Proposed, StandInLog } from './stand-in-log.js';

/** How the next append fails: the server is not there, it never answers, it stores and its answer is lost, it does not let the user, or the stream was deleted for good. */
export type Fault = 'refused' | 'silent' | 'answer-lost' | 'denied' | 'deleted';

/** `MaxAppendSize` unless it is set. */
const MOST_BYTES = 1024 * 1024;

/**
 * A STAND-IN for EventStoreDB that speaks its gRPC protocol from memory, written after its documentation and source. It proves that our side speaks the protocol and keeps its
 * own promises; it proves NOTHING about a real server. The same suite runs against a real one when EVENTSTORE_URL is set (libs/event-store/EVENTSTOREDB.md).
 */
export class EventStoreDbStandIn {
  readonly log = new StandInLog();
  private readonly faults: Fault[] = [];
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** The same found by gossip, as a cluster is. */
  get clusterUrl(): string {
    return `esdb+discover://127.0.0.1:${this.port}?tls=false`;
  }

  /** Again on the same port after `stop`, with what was stored, and without memory of recent ids. */
  async start(): Promise<this> {
    this.log.forget();
    const server = new Server();
    const store: Store = (stream, expected, events) => this.take(stream, events, () => this.log.append(stream, expected, events));
    server.addService(streamsService.StreamsService, {
      read: (call: never) => read(this.log, call),
      append: (call: never, answer: never) => append(store, call, answer),
      delete: (_call: never, answer: (error: object) => void) => answer({ code: status.UNIMPLEMENTED }),
      tombstone: (_call: never, answer: (error: object) => void) => answer({ code: status.UNIMPLEMENTED }),
    } as unknown as UntypedServiceImplementation);
    server.addService(featuresService.ServerFeaturesService, { getSupportedMethods: (_call: never, answer: (error: null, methods: unknown) => void) => answer(null, this.methods()) } as unknown as UntypedServiceImplementation);
    server.addService(gossipService.GossipService, { read: (_call: never, answer: (error: null, info: unknown) => void) => answer(null, this.members()) } as unknown as UntypedServiceImplementation);
    this.port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) => (error ? reject(error) : resolve(port)));
    });
    this.server = server;
    return this;
  }

  /** Every call that is open breaks off. */
  stop(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  failNext(...faults: readonly Fault[]): void {
    this.faults.push(...faults);
  }

  private take(stream: string, events: readonly Proposed[], store: () => Appended): Appended | undefined {
    if (events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0) > MOST_BYTES) {
      throw new Failing(status.INVALID_ARGUMENT, `Maximum Append Size of ${MOST_BYTES} Exceeded.`, { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(MOST_BYTES) });
    }
    const fault = this.faults.shift();
    if (fault === 'denied') throw new Failing(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
    if (fault === 'deleted') throw new Failing(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });
    if (fault === 'refused') throw new Failing(status.UNAVAILABLE, 'Server Is Not Ready');
    if (fault === 'silent') return undefined;
    const stored = store();
    if (fault === 'answer-lost') throw new Failing(status.UNAVAILABLE, 'Connection dropped');
    return stored;
  }

  /** That it takes batch appends, as servers do since 21.10; it does not: ours are not to be sent so. */
  private methods() {
    const all = new features.SupportedMethods();
    all.setEventStoreServerVersion('23.10.0');
    all.setMethodsList(['read', 'append', 'batchappend'].map((name) => {
      const method = new features.SupportedMethod();
      method.setMethodName(name);
      method.setServiceName('event_store.client.streams.streams');
      return method;
    }));
    return all;
  }

  private members() {
    const [info, member, end] = [new gossip.ClusterInfo(), new gossip.MemberInfo(), new gossip.EndPoint()];
    end.setAddress('127.0.0.1');
    end.setPort(this.port);
    member.setInstanceId(uuidOf('11111111-1111-4111-8111-111111111111'));
    member.setState(gossip.MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setHttpEndPoint(end);
    member.setTimeStamp('1');
    info.setMembersList([member]);
    return info;
  }
}
