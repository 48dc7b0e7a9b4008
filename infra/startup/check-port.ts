import { createServer } from 'node:net';

/** We cannot listen where HOST and PORT say; the message says why and what to do. */
export class PortUnusable extends Error {
  override readonly name = 'PortUnusable';
}

/** Listens for a moment, so that a port that is taken is told before the work begins. @throws PortUnusable */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    throw new PortUnusable(whyNot(error as NodeJS.ErrnoException, host, port), { cause: error });
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}

function whyNot({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken. Stop the program that listens there, or choose another port: PORT=${port === 65_535 ? 3000 : port + 1}`;
  if (code === 'EACCES') return `The system does not let us listen on port ${port}. Choose a port above 1023, for example PORT=3000.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is "${host}", which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`;
  return `We cannot listen on ${host}, port ${port} (${message}). Change HOST or PORT.`;
}
