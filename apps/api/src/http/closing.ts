import type { FastifyInstance } from 'fastify';

const LOOK_MS = 25;

/** Once closing, a kept-alive connection goes as soon as its request is answered; the server would wait for it to time out. */
export function closeWhenIdle(server: FastifyInstance): void {
  server.addHook('preClose', async () => {
    const timer = setInterval(() => server.server.closeIdleConnections(), LOOK_MS);
    server.server.once('close', () => clearInterval(timer));
  });
}
