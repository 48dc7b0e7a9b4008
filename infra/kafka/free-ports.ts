import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Ports } from './broker-files.js';

/** Two ports of 127.0.0.1 that nobody listens on at this moment. */
export async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer()];
  await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
  const [broker, controller] = servers.map((server) => (server.address() as AddressInfo).port) as [number, number];
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return { broker, controller };
}
