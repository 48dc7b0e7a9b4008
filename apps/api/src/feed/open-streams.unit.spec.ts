import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Feed, FeedReader } from '#outbound';
import type { Stopping } from '../http/stopping.js';
import { writeStream } from './event-stream.js';
import { OpenStreams } from './open-streams.js';
import { pageOf } from './page.js';

const server = createServer();
beforeAll(async () => void await once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => new Promise((closed) => {
  server.close(closed);
  server.closeAllConnections();
}));

const stopping = new AbortController();
const streams = new OpenStreams({ close: () => undefined } as unknown as Feed, { signal: stopping.signal } as Stopping);
/** A reader for whom nothing comes. */
const reader = { position: '1.0', page: async () => ({ events: [], atEnd: true }), next: ({ signal }: { signal: AbortSignal }) => new Promise((wake) => signal.addEventListener('abort', () => wake({ events: [] }), { once: true })) } as unknown as FeedReader;
const stream = (response: ServerResponse) => streams.during(response, (signal) => writeStream(reader, response, { signal, retryMs: 1_000, mayGoOn: async () => true }));

async function ask() {
  const client = request({ port: (server.address() as AddressInfo).port }).on('error', () => undefined).end();
  const [, response] = await once(server, 'request') as [unknown, ServerResponse];
  return { client, response };
}

describe('A stream', () => {
  it('ends when its reader leaves', async () => {
    const { client, response } = await ask();
    const done = stream(response);
    client.destroy();
    await done;
  });

  it('ends at once where its reader has left before it began, as while the log was searched for its place', async () => {
    const { client, response } = await ask();
    client.destroy();
    await once(response, 'close');
    await stream(response);
    expect(response.destroyed).toBe(true);
  });

  it('ends when the process stops, and a page that waits is answered with what it has', async () => {
    const [listener, waiter] = [await ask(), await ask()];
    const streaming = stream(listener.response);
    const page = streams.during(waiter.response, (signal) => pageOf(reader, { limit: 10, waitMs: 20_000, signal, mayGoOn: async () => true }));
    stopping.abort();
    await streaming;
    expect(await page).toEqual({ events: [], position: '1.0', more: false });
  });
});
