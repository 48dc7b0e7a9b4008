// npm run kafka: a real Kafka at a developer's desk, until Ctrl-C. Its data goes with it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../test/support/typescript.mjs';

const { startBroker } = await import('./broker.ts');
const { jarCache } = await import('./jars.ts');

let broker;
let asked = false;
// From the start on: a broker that is still starting is not left behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);

function end() {
  if (!asked) console.log('Stopping …');
  asked = true;
  void broker?.stop();
}

try {
  const folder = mkdtempSync(join(tmpdir(), 'touchline-kafka-'));
  broker = await startBroker({ folder, cache: jarCache(), log: (line) => console.log(line) });
  if (asked) await broker.stop();
  else console.log(`Kafka takes clients on ${broker.bootstrap}. For Touchline: KAFKA_URL=kafka://${broker.bootstrap} npm start. Ctrl-C ends it and removes its data; the next start has another port.`);
  await broker.ended;
  if (!asked) throw new Error(`Kafka ended by itself; see ${join(folder, 'broker.log')}.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
