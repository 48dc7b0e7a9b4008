/** A record to write. Without a partition, Kafka's usual hash of the key chooses it, so what has one key stays in order. */
export interface Outgoing {
  readonly topic: string;
  readonly key: string | Buffer | null;
  /** null deletes the key in a compacted topic. */
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
  readonly partition?: number;
}

/** A record as it was read. */
export interface Incoming {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Of a header that is there several times, the last. */
  readonly headers: Readonly<Record<string, Buffer>>;
  readonly timestamp: Date;
}

export interface Writer {
  /**
   * Resolves when every replica in sync has all records (acks=all). From `takeOver` they are one transaction: all or none.
   * A writer in a transaction is of no use after a failure: nobody knows what became of it. Close it and take over anew.
   * @throws WriterFenced when another has taken over, KafkaUnavailable for all else
   */
  write(records: readonly Outgoing[]): Promise<void>;
  close(): Promise<void>;
}

/** Records of one partition, in order. */
export interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly Incoming[];
  /** Aborted when the partition is no longer ours, or the consumer stops: stop working on it and throw. */
  readonly signal: AbortSignal;
}

export interface Consumption {
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group begins that has no offset yet. */
  readonly begin: 'beginning' | 'end';
  /** At most so many bytes are asked for at once, of all partitions together. */
  readonly maxBytes?: number;
  /** Partitions that are worked on at the same time; 1 unless given. */
  readonly atOnce?: number;
  /** When it resolves, the offsets of the batch are committed; when it rejects, the partition rests for a pause that grows, and the batch comes again; the others go on. */
  readonly handle: (batch: Batch) => Promise<void>;
  /** Told, in a sentence, what went wrong and is tried again. */
  readonly warn: (sentence: string) => void;
}

export interface Consumer {
  /** Lets the batches at work end, leaves the group. */
  stop(): Promise<void>;
}

export interface TopicWish {
  readonly name: string;
  /** Settings that it is created with; not more replicas than there are brokers, and all but one of them have to be in sync. */
  readonly partitions: number;
  readonly replicas: number;
  readonly config: Readonly<Record<string, string>>;
  /** False: it is somebody else's to make. One that is missing then has no partitions, and a complaint that says so. */
  readonly create?: boolean;
  /** What is wrong with these settings of a topic that is there already, one sentence each; nothing when they will do. Never changed by us. */
  readonly complain: (found: TopicSettings) => readonly string[];
}

export interface TopicSettings {
  readonly partitions: number;
  readonly replicas: number;
  readonly config: Readonly<Record<string, string>>;
}

export interface TopicFinding {
  readonly name: string;
  readonly created: boolean;
  readonly partitions: number;
  readonly complaints: readonly string[];
}

/** A stretch of one partition. */
export interface Stretch {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that is wanted; what the topic holds no more is left out. */
  readonly from: bigint;
}

/** How far a group has read a partition. */
export interface PartitionProgress {
  readonly topic: string;
  readonly partition: number;
  /** The oldest offset that is still held. */
  readonly begin: bigint;
  /** The offset from which the group goes on; null while it has none. */
  readonly committed: bigint | null;
  /** The offset that the next record will have. */
  readonly end: bigint;
}

/** A connection to a cluster. Every call may be tried again after KafkaUnavailable. */
export interface Kafka {
  /** A writer that writes in transactions. Whoever had this id before can commit nothing more, and what it had begun is taken back. */
  takeOver(transactionalId: string): Promise<Writer>;
  /** A writer without transactions: what was written before a failure may come twice. */
  writer(): Promise<Writer>;
  /** Joins the group, and joins it again, with growing pauses, whenever that ends: also when the cluster is not there yet. */
  consume(consumption: Consumption): Promise<Consumer>;
  /** Where Kafka's usual hash puts a key among so many partitions: for who has to stay with their number, whatever is added meanwhile. */
  partitionOf(key: string, among: number): number;
  /**
   * The last committed record of each key of a compacted topic of one partition, without those that were deleted. `writer` writes
   * a mark, and up to that mark is read: so it ends whatever the tail is made of (aborted records, gaps of compaction).
   */
  latest(topic: string, writer: Writer): Promise<ReadonlyMap<string, Incoming>>;
  /** All that the partition holds up to what is its end now, in order, until `visit` says false. A topic that is not there holds nothing. */
  read(stretch: Stretch, visit: (records: readonly Incoming[]) => Promise<boolean>): Promise<void>;
  /** Of topics that are there, partition by partition. */
  progress(group: string, topics: readonly string[]): Promise<readonly PartitionProgress[]>;
  /** How many consumers each of these groups has now. */
  members(groups: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Creates what is missing and is to be created, and says what is wrong with what is there. */
  prepareTopics(wishes: readonly TopicWish[]): Promise<readonly TopicFinding[]>;
  /** Whether one of the brokers that the address names answers within about two seconds; each is asked once. */
  answers(): Promise<boolean>;
  /** Ends what was opened and is not closed yet. */
  close(): Promise<void>;
}
