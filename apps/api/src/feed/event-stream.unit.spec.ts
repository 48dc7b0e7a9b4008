import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FeedReader } from '#outbound';
import { writeStream } from './event-stream.js';

/** A socket that takes what it is given, or nothing any more. */
class Socket extends EventEmitter {
  readonly written: string[] = [];
  takes = true;
  destroyed = false;

  write(text: string | Buffer): boolean {
    this.written.push(String(text));
    return this.takes;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

let socket: Socket;
let controller: AbortController;
let may: boolean;
let queue: string[];
let asked: number;

beforeEach(() => {
  jest.useFakeTimers();
  [socket, controller, may, queue, asked] = [new Socket(), new AbortController(), true, [], 0];
  socket.once('close', () => controller.abort());
});
afterEach(() => { jest.useRealTimers(); });

/** A reader that has what stands in the queue, and else comes back when it is told to. */
const reader = {
  get position() { return `1.${asked}`; },
  next: async ({ until }: { until: number }) => {
    asked += 1;
    const frames = queue.shift();
    if (frames === undefined) await new Promise((wake) => setTimeout(wake, until - performance.now()));
    return frames === undefined ? { events: [] } : { events: [{}], frames };
  },
} as unknown as FeedReader;
const start = () => writeStream(reader, socket as unknown as ServerResponse, { signal: controller.signal, retryMs: 1_500, mayGoOn: async () => may });
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('A stream of events', () => {
  it('says how soon to come again and where it stands, and every 15 seconds of silence that somebody is there', async () => {
    const done = start();
    await pass(14_900);
    expect(socket.written).toEqual(['retry: 1500\n\nid: 1.0\n\n']);
    await pass(200);
    expect(socket.written.slice(1)).toEqual([expect.stringMatching(/^: .*\n\nid: 1\.\d+\n\n$/)]);
    // What is written puts the next one off.
    await pass(10_000);
    queue.push('id: 1.9\n\n');
    await pass(14_000);
    expect(socket.written.slice(2)).toEqual(['id: 1.9\n\n']);
    await pass(4_000);
    expect(socket.written).toHaveLength(4);
    controller.abort();
    await pass(2_000);
    await done;
  });

  it('asks for nothing more until the socket has taken what it was given, and cuts off who takes nothing for a minute', async () => {
    const done = start();
    await pass(100);
    socket.takes = false;
    queue.push('a', 'b');
    await pass(2_000);
    expect(socket.written.slice(1)).toEqual(['a']);
    socket.emit('drain');
    await pass(100);
    expect(socket.written.slice(1)).toEqual(['a', 'b']);
    await pass(59_000);
    expect(socket.destroyed).toBe(false);
    await pass(2_000);
    expect(socket.destroyed).toBe(true);
    await done;
  });

  it('ends, and tells nothing more, once its reader may not read any more', async () => {
    const done = start();
    await pass(2_500);
    may = false;
    await pass(1_400);
    queue.push('a');
    await pass(2_500);
    await done;
    expect(socket.written).toHaveLength(1);
  });
});
