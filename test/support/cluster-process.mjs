// One PostgreSQL and one Kafka for a whole test run, in a process of its own: it starts each when the first test asks for it, and ends
// with the test run, also when that is killed, because then its channel closes.
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './typescript.mjs';

// On disk the tests would wait for a flush at every commit; what they must survive is a killed process, not a power cut.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', log_checkpoints: 'off' };

const home = mkdtempSync(join(tmpdir(), 'touchline-test-'));
// As root the server runs as another user, who has to pass through.
chmodSync(home, 0o755);
let cluster;
let broker;

async function start() {
  const { startPostgres } = await import('../../infra/postgres/launcher.ts');
  return startPostgres({ home, settings });
}

async function startKafka() {
  const [{ startBroker }, { jarCache }] = await Promise.all([import('../../infra/kafka/broker.ts'), import('../../infra/kafka/jars.ts')]);
  return startBroker({ folder: join(home, 'kafka'), cache: jarCache() });
}

const address = async (path) => (path === '/kafka' ? (await (broker ??= startKafka())).bootstrap : (await (cluster ??= start())).adminUrl);

const door = createServer((request, response) => {
  // A connection that is kept may end in the moment in which somebody asks again.
  response.setHeader('connection', 'close');
  address(request.url).then((text) => response.end(text), (error) => response.writeHead(500).end(error.message));
});
door.listen(0, '127.0.0.1', () => process.send({ port: door.address().port, folder: home }));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.once('disconnect', async () => {
  door.close();
  door.closeAllConnections();
  const server = await cluster?.catch(() => undefined);
  await server?.stop();
  await broker?.catch(() => undefined);
  readdirSync(home).forEach((name) => endServer(join(home, name)));
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** A test that starts servers of its own may have been killed before it stopped them. What Kafka would still write nobody reads. */
function endServer(folder) {
  for (const [path, signal] of [['postgres/data/postmaster.pid', 'SIGQUIT'], ['broker.pid', 'SIGKILL']]) {
    try {
      process.kill(Number(readFileSync(join(folder, path), 'utf8').split('\n')[0]), signal);
    } catch {
      // It was stopped.
    }
  }
}
