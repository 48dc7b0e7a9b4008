import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Listens on as many connections as it is told of, by lines of JSON `{ url, path, key, count }` on its input; then `open` opens them and is answered when all have heard of the server,
 * and `report` is answered with how many events came since, and how long they took from the `at` in their data, in ms, shortest first.
 */
const asked: { url: string; path: string; key: string; count: number }[] = [];
let took: number[] = [];
let opened = 0;
const AT = Buffer.from('"at":');
/** Longer than what stands before the end of the number. */
const KEPT = 32;

function listen(url: string, path: string, key: string): void {
  const { hostname, port, host } = new URL(url);
  let rest: Buffer = Buffer.alloc(0);
  let heard = false;
  const socket = connect(Number(port), hostname, () => void socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${key}\r\naccept: text/event-stream\r\n\r\n`));
  socket.on('error', (error) => { throw error; }).on('data', (chunk: Buffer) => {
    const now = Date.now();
    const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!heard && text.includes('id: ')) [heard, opened] = [true, opened + 1];
    let done = 0;
    for (let at = text.indexOf(AT); at >= 0; at = text.indexOf(AT, at + 1)) {
      const end = text.indexOf(',', at);
      if (end < 0) break;
      took.push(now - Number(text.toString('latin1', at + AT.length, end)));
      done = end;
    }
    rest = text.subarray(Math.max(done, text.length - KEPT));
  });
}

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'open') {
    for (const { url, path, key, count } of asked) for (let each = 0; each < count; each++) listen(url, path, key);
    const wanted = asked.reduce((sum, { count }) => sum + count, 0);
    const timer = setInterval(() => {
      if (opened < wanted) return;
      clearInterval(timer);
      process.stdout.write('open\n');
    }, 50);
  } else if (line === 'report') {
    process.stdout.write(`${JSON.stringify(took.sort((a, b) => a - b))}\n`);
    took = [];
  } else asked.push(JSON.parse(line) as (typeof asked)[number]);
}).on('close', () => process.exit());
