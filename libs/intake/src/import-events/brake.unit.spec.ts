import { describe, expect, it } from '@jest/globals';
import { brake, type Lag } from './brake.js';

/** A brake on a clock of its own; `lag` says how the readers are at each second of it. */
function braked(lag: (seconds: number) => Omit<Lag, 'behind'> & Partial<Lag>) {
  let now = 0;
  const release = brake({ lag: async () => ({ behind: 9_000, ...lag(now / 1_000) }), now: () => now, sleep: async (ms) => { now += ms; } });
  /** Seconds that a batch which comes `after` a while has to wait. */
  return async (after = 1) => {
    now += after * 1_000;
    const began = now;
    await release();
    return (now - began) / 1_000;
  };
}

describe('An import beside readers of the log', () => {
  it('does not wait while they are at most 100 ms behind', async () => {
    const wait = braked(() => ({ seconds: 0.1, position: 1 }));
    expect(await wait()).toBe(0);
  });

  it('waits until they have caught up', async () => {
    const wait = braked((now) => ({ seconds: now < 8 ? 3 : 0.1, position: now }));
    expect(await wait()).toBe(7);
    expect(await wait()).toBe(0);
  });

  it('goes on when they have little left', async () => {
    const wait = braked((now) => ({ seconds: 3, position: now, behind: 10_000 - now * 1_000 }));
    expect(await wait()).toBe(8.5);
    expect(await wait()).toBe(0);
  });

  it('goes on after 10 s when nobody reads, and waits again only once they move', async () => {
    let reading = false;
    const wait = braked((now) => ({ seconds: 100, position: reading ? now : 7 }));
    expect(await wait()).toBe(10);
    expect(await wait()).toBe(0);
    reading = true;
    expect(await wait()).toBe(60);
  });

  it('goes on after a minute though they are still behind', async () => {
    const wait = braked((now) => ({ seconds: 50, position: now }));
    expect(await wait()).toBe(60);
  });

  it('looks at them twenty times a second, however fast its batches come', async () => {
    let looks = 0;
    const wait = braked(() => ({ seconds: 0, position: looks++ }));
    for (let batch = 0; batch < 100; batch++) await wait(0.01);
    expect(looks).toBe(20);
  });
});
