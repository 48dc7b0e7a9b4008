import { Presets, SingleBar } from 'cli-progress';
import { counted } from '../text/figures.js';
import type { Terminal } from '../terminal.js';
import type { Source } from './sent-row.js';

export interface ImportProgress {
  readonly show: (rows: number, events: number) => void;
  readonly stop: () => void;
}

const PLAIN_MS = 5_000;

/** A bar for people; for a log, a line every five seconds. */
export function startProgress({ bytes }: Source, { isTTY, err }: Terminal): ImportProgress {
  return isTTY && bytes ? bar(bytes) : plainLines(err);
}

function bar({ total, read }: NonNullable<Source['bytes']>): ImportProgress {
  const single = new SingleBar({ format: '{bar} {percentage} %  {rows}  {events} confirmed', stream: process.stderr, clearOnComplete: true, hideCursor: true }, Presets.shades_classic);
  const payload = (rows: number, events: number) => ({ rows: counted(rows, 'row'), events: counted(events, 'event') });
  single.start(Math.max(total, 1), 0, payload(0, 0));
  return { show: (rows, events) => single.update(Math.min(read(), total), payload(rows, events)), stop: () => single.stop() };
}

function plainLines(err: Terminal['err']): ImportProgress {
  let shown = Date.now();
  return {
    show: (rows, events) => {
      if (Date.now() - shown < PLAIN_MS) return;
      shown = Date.now();
      err(`${counted(rows, 'row')} read, ${counted(events, 'event')} confirmed`);
    },
    stop: () => undefined,
  };
}
