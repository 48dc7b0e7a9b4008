import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that tells many: `node:http` without a log, a key or a filter. GET /GROUP listens; POST /GROUP sends its body to all who do. */
const groups = new Map<string, Set<ServerResponse>>();
const groupOf = (name: string) => groups.get(name) ?? groups.set(name, new Set()).get(name)!;

const server = createServer((request, response) => {
  const group = groupOf(request.url!);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write('id: 1.0\n\n');
    group.add(response);
    return void response.once('close', () => group.delete(response));
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk)).on('end', () => {
    const frame = Buffer.concat(chunks);
    for (const listener of group) listener.write(frame);
    response.writeHead(201, { 'content-length': 0 }).end();
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().once('end', () => { server.closeAllConnections(); server.close(); });
