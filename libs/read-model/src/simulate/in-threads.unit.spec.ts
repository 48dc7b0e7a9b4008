import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstScorecard, only } from '#insight';
import { inThreads } from './in-threads.js';
import type { ThreadTask } from './thread.js';

/** What PostgreSQL says to who comes in without a password: that it is well, and ready. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

/** A database that lets everybody in and answers nothing: a thread that asks it never ends by itself. */
const sockets = new Set<Socket>();
const silent = createServer((socket) => {
  sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  socket.once('data', () => socket.write(WELCOME));
});
beforeEach(async () => void await once(silent.listen(0, '127.0.0.1'), 'listening'));
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await once(silent.close(), 'close');
});

const cards = only(firstScorecard);
const taskOf = (port: number): ThreadTask => ({
  url: `postgres://anybody@127.0.0.1:${port}/any`, stand: { tenant: 'acme', upTo: 1, knownAt: '2026-01-01T00:00:00Z' }, share: { part: 0, of: 1 }, timeZone: 'UTC',
  options: { from: 20_000, to: 20_010, knownUntil: 20_020, cards: { published: cards, draft: cards } },
});
const hanging = () => taskOf((silent.address() as AddressInfo).port);
/** Waits, for as long as it takes, but not for ever. */
const until = async (isSo: () => boolean) => {
  for (const end = Date.now() + 8_000; !isSo() && Date.now() < end;) await new Promise((wake) => setTimeout(wake, 20));
  return isSo();
};

describe('Threads that would never end', () => {
  it('have ended once a signal stops them', async () => {
    const stopping = new AbortController();
    const running = inThreads([hanging(), hanging()], stopping.signal);
    expect(await running.next()).toMatchObject({ done: false, value: [{ done: 0 }, { done: 0 }] });
    expect(await until(() => sockets.size === 2)).toBe(true);
    stopping.abort(new Error('stopped'));
    await expect(running.next()).rejects.toThrow('stopped');
    expect(await until(() => sockets.size === 0)).toBe(true);
  });

  it('have ended once nobody listens, and once another has failed', async () => {
    const left = inThreads([hanging()], new AbortController().signal);
    await left.next();
    expect(await until(() => sockets.size === 1)).toBe(true);
    await left.return();
    expect(await until(() => sockets.size === 0)).toBe(true);
    const failing = inThreads([hanging(), { ...hanging(), timeZone: 'Nowhere/Land' }], new AbortController().signal);
    await expect((async () => { for await (const _ of failing); })()).rejects.toThrow('Nowhere/Land');
    expect(await until(() => sockets.size === 0)).toBe(true);
  });
});
