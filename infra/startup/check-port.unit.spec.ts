import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPort } from './check-port.js';

let taken: Server;
let port: number;

beforeAll(async () => {
  taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  port = (taken.address() as { port: number }).port;
});
afterAll(() => new Promise<void>((resolve) => void taken.close(() => resolve())));

describe('A place to listen', () => {
  it('is good when it is free, and free again afterwards', async () => {
    await expect(checkPort('127.0.0.1', 0)).resolves.toBeUndefined();
  });

  it('is refused when the port is taken, with another one to try', async () => {
    await expect(checkPort('127.0.0.1', port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken. Stop the program that listens there, or choose another port: PORT=${port + 1}`);
  });

  it('is refused when the address is not of this machine', async () => {
    await expect(checkPort('192.0.2.1', 0)).rejects.toThrow(/HOST is "192\.0\.2\.1", which is no address of this machine/);
  });
});
