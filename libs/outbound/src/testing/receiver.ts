import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Received {
  /** Of the address, without its slash: which endpoint it was sent to. */
  readonly name: string;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { readonly id: string; readonly type: string; readonly subject: string; readonly data: Record<string, unknown> };
  /** When it came, by this process. */
  readonly at: number;
}

/** What an endpoint does with a webhook. */
type Behaviour = (response: ServerResponse, received: Received) => void;

export const says = (code: number, headers: Record<string, string> = {}, words = ''): Behaviour => (response) => void response.writeHead(code, headers).end(words);
/** Takes the connection and never answers. */
export const hangs: Behaviour = () => undefined;
/** Turns to another protocol, which nobody asked for. */
export const upgrades: Behaviour = (response) => void response.socket!.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');

/** A real HTTP server of many endpoints: each does as it is told, 204 unless told otherwise, and all that comes is kept. */
export class Receiver {
  readonly got: Received[] = [];
  readonly does = new Map<string, Behaviour>();
  private open = 0;
  /** Requests at once, at most so far. */
  busiest = 0;
  private readonly server = createServer((request, response) => {
    this.busiest = Math.max(this.busiest, ++this.open);
    response.on('close', () => { this.open -= 1; });
    void text(request).then((body) => {
      const name = request.url!.slice(1);
      const received: Received = { name, id: String(request.headers['webhook-id']), headers: request.headers, text: body, body: JSON.parse(body) as Received['body'], at: performance.now() };
      this.got.push(received);
      (this.does.get(name) ?? says(204))(response, received);
    }, () => undefined);
  });

  async start(): Promise<void> {
    await new Promise<void>((listening) => void this.server.listen(0, '127.0.0.1', listening));
  }

  url(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}/${name}`;
  }

  /** What came to an endpoint, by the ids of the facts. */
  ids(name: string): string[] {
    return this.got.filter((each) => each.name === name).map(({ body }) => body.id);
  }

  close(): Promise<void> {
    return new Promise((closed) => {
      this.server.close(() => closed());
      this.server.closeAllConnections();
    });
  }
}
