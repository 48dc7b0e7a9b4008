import process from 'node:process';
import { startWorker } from '../../apps/worker/src/worker.js';

/** A worker as a process of its own: `worker.ts URL`. Says `ready`; leaves at the end of its input. Its start is tried again while the server is away. */
const [databaseUrl = ''] = process.argv.slice(2);
const start = async (): Promise<Awaited<ReturnType<typeof startWorker>>> => {
  for (;;) {
    try {
      return await startWorker({ databaseUrl, warn: () => undefined });
    } catch {
      await new Promise((wake) => setTimeout(wake, 200));
    }
  }
};
const worker = await start();
console.log('ready');
process.stdin.resume().once('end', () => void worker.stop());
