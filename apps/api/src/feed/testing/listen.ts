import { get, type IncomingMessage } from 'node:http';
import { serverSent } from '../../../../cli/src/http/server-sent.js';

/** Somebody who listens to the feed, and what they have heard. */
export class Listener {
  readonly events: { position: string; type: string; data: Record<string, unknown> }[] = [];
  /** Where to go on. */
  place: string | undefined;
  status = 0;
  body = '';
  readonly ended: Promise<void>;
  private response: IncomingMessage | undefined;
  private readonly request;

  constructor(url: string, key: string, place?: string) {
    this.place = place;
    this.request = get(url, { agent: false, headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream', ...(place === undefined ? {} : { 'last-event-id': place }) } });
    this.ended = new Promise<IncomingMessage>((resolve, reject) => this.request.on('response', resolve).on('error', reject)).then((response) => this.read(response)).catch(() => undefined);
  }

  /** Until so many events have come. */
  async heard(count: number, ms = 15_000): Promise<void> {
    for (const until = Date.now() + ms; this.events.length < count; await new Promise((wake) => setTimeout(wake, 10))) {
      if (Date.now() > until) throw new Error(`${this.events.length} of ${count} events came in time; status ${this.status} ${this.body}`);
    }
  }

  async open(): Promise<void> {
    for (const until = Date.now() + 10_000; this.place === undefined; await new Promise((wake) => setTimeout(wake, 5))) {
      if (Date.now() > until) throw new Error(`The stream did not open: ${this.status} ${this.body}`);
    }
  }

  /** Takes no more from the socket, as a slow reader does, until `goOn`. */
  pause(): void {
    this.response?.pause();
    this.response?.socket.pause();
  }

  goOn(): void {
    this.response?.socket.resume();
    this.response?.resume();
  }

  leave(): Promise<void> {
    this.request.destroy();
    return this.ended;
  }

  private async read(response: IncomingMessage): Promise<void> {
    this.response = response;
    this.status = response.statusCode!;
    if (this.status !== 200) {
      for await (const chunk of response as AsyncIterable<Buffer>) this.body += chunk.toString('utf8');
      return;
    }
    for await (const { id, data } of serverSent(response)) {
      if (data !== undefined) this.events.push(JSON.parse(data) as Listener['events'][number]);
      if (id !== undefined) this.place = id;
    }
  }
}
