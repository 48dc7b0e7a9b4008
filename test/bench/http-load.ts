import { connect, type Socket } from 'node:net';

/** What one request is made of; the connection is kept alive. */
export interface Ask {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
}

const END_OF_HEAD = '\r\n\r\n';

/** Sends `count` requests over `connections` kept-alive connections, each its next as soon as the last is answered. @throws when an answer has another status than `expected` */
export async function load(url: string, connections: number, count: number, ask: () => Ask, expected: number): Promise<number> {
  const { hostname, port, host } = new URL(url);
  let left = count;
  const work = (socket: Socket) => new Promise<void>((resolve, reject) => {
    let answer: Buffer = Buffer.alloc(0);
    const send = () => {
      if (left === 0) return void socket.end(resolve);
      left -= 1;
      const { method, path, headers, body } = ask();
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');
      socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines}${body === undefined ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`}\r\n${body ?? ''}`);
    };
    socket.on('error', reject).on('data', (chunk: Buffer) => {
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
      const head = answer.indexOf(END_OF_HEAD);
      if (head < 0) return;
      const text = answer.toString('latin1', 0, head);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
      if (answer.length < head + END_OF_HEAD.length + length) return;
      if (Number(text.slice(9, 12)) !== expected || Number.isNaN(length)) return void socket.destroy(new Error(`Expected ${expected} with a length, got: ${answer.toString()}`));
      answer = Buffer.alloc(0);
      send();
    });
    socket.setNoDelay(true).once('connect', send);
  });
  await Promise.all(Array.from({ length: connections }, () => work(connect(Number(port), hostname))));
  return count;
}
