import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { touchline } from './testing.js';

type Turn = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers each connection in its turn. */
let turns: Turn[];
let asked: IncomingMessage[];
let server: Server;
let url: string;
beforeEach(async () => {
  [turns, asked] = [[], []];
  server = createServer((request, response) => {
    asked.push(request);
    turns.shift()!(response, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const told = (n: number) => ({ position: `1.${n}`, time: '2026-03-01T09:30:00.000Z', type: 'ticket.opened', subject: 'c-1', data: { ticket: `T-${n}`, subject: 'Grüße' } });
const frame = (n: number) => `id: 1.${n}\nevent: ticket.opened\ndata: ${JSON.stringify(told(n))}\n\n`;
const streaming = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const refuse = (status: number, code: string): Turn => (response) => response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ title: `It is ${code}`, status, code, detail: 'So it is.', remedy: 'Do otherwise.' }));

describe('touchline events tail', () => {
  it('prints what comes, a line each, with what was asked for in the address', async () => {
    turns.push((response) => {
      const bytes = Buffer.from(`retry: 1000\n\nid: 1.1\n\n: still here\n\n${frame(2)}${frame(3)}`);
      // In the middle of a letter.
      const cut = bytes.indexOf('ü') + 1;
      streaming(response).write(bytes.subarray(0, cut));
      setTimeout(() => response.write(bytes.subarray(cut)), 50);
    });
    const { code, out } = await touchline(['events', 'tail', '--type', 'ticket.*', '--from', 'beginning', '--limit', '2', '--unseal'], { url });
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([2, 3].map((n) => `1.${n}         2026-03-01T09:30:00.000Z  ticket.opened                 c-1  {"ticket":"T-${n}","subject":"Grüße"}`));
    expect([asked[0]!.url, asked[0]!.headers.accept, asked[0]!.headers['last-event-id']]).toEqual(['/v1/events?type=ticket.*&from=beginning&unseal=true', 'text/event-stream', undefined]);
  });

  it('goes on after the last that it had when the connection is lost, and when the service is away for a while', async () => {
    turns.push(
      (response) => { streaming(response).write(frame(1)); setTimeout(() => response.socket!.destroy(), 50); },
      refuse(503, 'not-ready'),
      (response) => void streaming(response).end(`id: 1.5\n\n${frame(7)}`.slice(0, -5)),
      (response) => void streaming(response).write(frame(7)),
    );
    const { code, out, err } = await touchline(['events', 'tail', '--json', '--limit', '2'], { url });
    expect([code, out]).toEqual([0, `${JSON.stringify(told(1))}\n${JSON.stringify(told(7))}`]);
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1.1', '1.1', '1.5']);
    expect(err).toContain('The connection was lost');
  }, 20_000);

  it('ends with what to do where trying again would not help', async () => {
    turns.push((response) => { streaming(response).end(frame(1)); }, refuse(410, 'foreign-epoch'));
    expect(await touchline(['events', 'tail'], { url })).toMatchObject({ code: 1, err: expect.stringContaining('It is foreign-epoch') });
    turns.push(refuse(503, 'not-ready'));
    expect(await touchline(['events', 'tail'], { url })).toMatchObject({ code: 1, out: '', err: expect.stringContaining('It is not-ready') });
  });
});
