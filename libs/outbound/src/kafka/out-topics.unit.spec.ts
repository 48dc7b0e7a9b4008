import { expect, it } from '@jest/globals';
import type { KafkaOutSettings } from './kafka-out-settings.js';
import { positionTopic, streamTopic } from './out-topics.js';

const SETTINGS: KafkaOutSettings = { tenant: 'acme', on: true, relay: 'r', streams: ['journey'], mode: 'binary', partitions: 6, retentionDays: null, start: null };
const wishes = [streamTopic(SETTINGS, 'journey', true), positionTopic('acme', true)];
/** What is wrong with topics that are as we make them, but for this. */
const complaints = (replicas: number, inSync: string) => wishes.map(({ partitions, config, complain }) => complain({ partitions, replicas, config: { ...config, 'min.insync.replicas': inSync } }));

it('complains of facts and positions that one broker alone may have while there are several', () => {
  const one = 'min.insync.replicas is 1 of 3 replicas: a fact that one broker alone has could be lost with it. Set it to 2';
  expect(complaints(3, '1')).toEqual([[one], [one]]);
  expect([complaints(3, '2'), complaints(1, '1')]).toEqual([[[], []], [[], []]]);
});
