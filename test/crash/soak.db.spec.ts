import { afterEach, expect, it } from '@jest/globals';
import { killChildren } from '../support/child.js';
import { complaintsOf, soak } from './soak.js';

/** The same for many minutes: `npm run soak -- --minutes 10`. */
const SECONDS = 15;

afterEach(killChildren);

it('Writers, workers, database sessions and the server are killed at random: nothing is lost or doubled, and verify finds every read model equal to the log', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const report = await soak({ seconds: SECONDS, seed, log: () => undefined });
  const { kills, acknowledged, events, merges } = report;
  process.stdout.write(`soak with seed ${seed}: ${JSON.stringify(kills)} killed, ${acknowledged} batches acknowledged, ${events} events, ${merges} merges\n`);
  expect(complaintsOf(report)).toEqual([]);
  expect(acknowledged).toBeGreaterThan(20);
  expect(merges).toBeGreaterThan(5);
}, 240_000);
