/** What a writer believes of a stream, as the protocol has it. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | number;

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** In ticks of 100 ns since 1970, as the server says it. */
  readonly created: bigint;
}

export type Appended =
  | { readonly outcome: 'ok'; readonly last: number; readonly position: number }
  | { readonly outcome: 'wrong'; readonly current: number | null };

/** Size of a record beside its data and metadata; positions are byte offsets. */
const RECORD_BYTES = 150;

/**
 * The log of the stand-in, in memory: the rules by which a server takes appends, as its documentation and its source (`IndexWriter.CheckCommit`) have them.
 * Under a definite revision an append is idempotent for ever; under `any` only as long as the server remembers, which ends with a restart.
 */
export class StandInLog {
  readonly all: Recorded[] = [];
  private readonly streams = new Map<string, Recorded[]>();
  private readonly remembered = new Map<string, Recorded>();
  private readonly listeners = new Set<() => void>();
  private bytes = 4_096;
  private held = false;

  constructor() {
    this.system('$UserCreated', '$user-admin');
  }

  /** What the server writes for itself. */
  system(type: string, stream = '$stats-127.0.0.1:2113'): void {
    const none = new Uint8Array();
    this.store(stream, { id: `00000000-0000-4000-8000-${String(this.all.length).padStart(12, '0')}`, type, contentType: 'application/json', data: Buffer.from('{}'), metadata: none });
    this.tell();
  }

  stream(name: string): readonly Recorded[] {
    return this.streams.get(name) ?? [];
  }

  /** After a restart nothing is remembered of recent ids. */
  forget(): void {
    this.remembered.clear();
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Appended {
    const before = this.stream(stream);
    const current = before.length - 1;
    const wrong: Appended = { outcome: 'wrong', current: current < 0 ? null : current };
    if (expected === 'stream_exists' && current < 0) return wrong;
    if (typeof expected === 'string' && expected !== 'no_stream') {
      const known = events.map(({ id }) => this.remembered.get(`${stream} ${id}`));
      if (events.length > 0 && known[0]) return known.every((each) => each) ? { outcome: 'ok', last: known.at(-1)!.revision, position: known.at(-1)!.position } : wrong;
    } else {
      const after = expected === 'no_stream' ? -1 : expected as number;
      if (after > current) return wrong;
      if (after < current) {
        const there = events.map(({ id }, index) => before[after + 1 + index]?.id === id);
        if (events.length === 0 || !there[0]) return wrong;
        const last = before[after + events.length];
        return there.every((each) => each) ? { outcome: 'ok', last: last!.revision, position: last!.position } : wrong;
      }
    }
    for (const event of events) this.store(stream, event);
    this.tell();
    const last = this.stream(stream).at(-1);
    return { outcome: 'ok', last: last?.revision ?? -1, position: last?.position ?? 0 };
  }

  /** As after a restore of an older copy: nothing from a position on was ever there. */
  lose(from: number): void {
    const left = this.all.filter(({ position }) => position < from);
    this.bytes = Math.min(this.bytes, this.all[left.length]?.position ?? this.bytes);
    this.all.splice(left.length);
    for (const [name, events] of this.streams) this.streams.set(name, events.filter(({ position }) => position < from));
    this.forget();
  }

  /** What is stored from now on is not told to who follows, until it goes on. */
  hold(): void {
    this.held = true;
  }

  goOn(): void {
    this.held = false;
    this.tell();
  }

  /** @returns a function that ends it */
  onGrowth(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private store(stream: string, event: Proposed): void {
    const events = this.streams.get(stream) ?? [];
    const recorded = { ...event, stream, revision: events.length, position: this.bytes, created: BigInt(Date.now()) * 10_000n };
    this.bytes += RECORD_BYTES + event.data.length + event.metadata.length;
    events.push(recorded);
    this.streams.set(stream, events);
    this.remembered.set(`${stream} ${event.id}`, recorded);
    this.all.push(recorded);
  }

  private tell(): void {
    if (this.held) return;
    for (const listener of [...this.listeners]) listener();
  }
}
