import process from 'node:process';
import { startWorker } from '../../apps/worker/src/worker.js';

/** A worker that reads from Kafka, as a process of its own: `kafka-reader.ts URL MASTERKEY KAFKAURL`. Says `ready`; leaves at the end of its input. */
const [databaseUrl = '', masterKey, kafkaUrl] = process.argv.slice(2);
const worker = await startWorker({ databaseUrl, masterKey, kafkaUrl, roles: ['kafka-in'], warn: (message, error) => console.log(`${message}: ${(error as Error).message}`) });
console.log('ready');
process.stdin.resume().once('end', () => void worker.stop());
