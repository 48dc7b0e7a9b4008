import type { PlacedEvent } from '../public-event/place-events.js';
import type { PublicEvent } from '../public-event/public-event.js';

/** One event as readers of the feed get it. It is written once, whoever reads it. */
export class FeedEvent {
  #text: string | undefined;
  #frame: Buffer | undefined;

  /** `n`: the number of its position. */
  constructor(readonly placed: PlacedEvent, readonly n: number, private told: PublicEvent | undefined) {}

  /** As JSON, on one line. */
  get text(): string {
    if (this.#text === undefined) {
      this.#text = JSON.stringify(this.told);
      this.told = undefined;
    }
    return this.#text;
  }

  /** As server-sent events have it: the position is the id, the type the name. */
  get frame(): Buffer {
    const { position, type } = this.placed.event;
    return this.#frame ??= Buffer.from(`id: ${position}\nevent: ${type}\ndata: ${this.text}\n\n`);
  }
}
