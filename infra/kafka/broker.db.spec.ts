import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { startBroker } from './broker.js';
import { jarCache } from './jars.js';

it('A Kafka at the desk starts on a free port, keeps its data when it is killed and started again, and leaves nothing behind', async () => {
  const folder = mkdtempSync(join(process.env['TOUCHLINE_TEST_FOLDER']!, 'kafka-'));
  const broker = await startBroker({ folder, cache: jarCache() });
  const admin = new Kafka({ brokers: [broker.bootstrap], logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'kept' }], waitForLeaders: true });
    await admin.disconnect();
    await broker.restart();
    await admin.connect();
    expect(await admin.listTopics()).toEqual(['kept']);
    expect(broker.bootstrap).toMatch(/^127\.0\.0\.1:\d+$/);
  } finally {
    await admin.disconnect();
    await broker.stop();
  }
  await broker.ended;
  expect(existsSync(folder)).toBe(false);
}, 120_000);
